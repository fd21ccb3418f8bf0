import type { HazardSeverity } from '../../model/scan';
import type { Edit } from '../fixes/edits';
import type { Rule } from '../rule';
import type { RuleEntry } from './document';

/** What a check says of one rule: a place that is wrong, or why it is right. */
export type Verdict =
  | {
      /** Offsets into the file. */
      start: number;
      end: number;
      message: string;
      evidence: string[];
      lens: string;
      fix: { name: string; title: string; edits: Edit[] } | null;
    }
  | { right: string };

/** A kind of mistake in an alert rule, as data; it stands in `rules/alerts/NAME`, and its `examples` folder is its test. */
export interface AlertCheck extends Pick<Rule, 'id' | 'title' | 'help'> {
  severity: HazardSeverity;
  /** What would make it right. */
  lookedFor: string;
  /** Null: the rule is not about what waits. @param text the whole file */
  judge(rule: RuleEntry, text: string): Verdict | null;
}
