import type { Hazard } from '../model/scan';
import { hazardSeverities } from '../model/hazardSeverity';
import type { Growth, Rule } from './rule';

/** What depends on what makes the count grow. */
export interface Reported extends Pick<Hazard, 'severity' | 'level' | 'message' | 'evidence'> {
  /** The short line that stands above the place. */
  lens: string;
}

/** What a rule says of a place, once it is known what makes the count grow. */
export function reported(rule: Rule, growth: Growth): Reported {
  const severity = rule.severityOf(growth);
  const proven = hazardSeverities.indexOf(severity) >= hazardSeverities.indexOf(rule.diagnosticFrom);
  return {
    severity,
    level: proven ? 'diagnostic' : 'hint',
    message: rule.messageOf(growth),
    evidence: growth.evidence,
    lens: rule.lensOf(growth),
  };
}
