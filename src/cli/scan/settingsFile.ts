import { ruleSettingsAbove, WrongRuleSettings, type FoundSettings } from '../../files/ruleSettings';
import { UsageError } from '../usage';

/** The `.backpressurerc` of a folder or of the nearest one above. @throws {UsageError} when it is wrong */
export function settingsAbove(folder: string): FoundSettings {
  try {
    return ruleSettingsAbove(folder);
  } catch (error) {
    throw error instanceof WrongRuleSettings ? new UsageError(error.message) : error;
  }
}
