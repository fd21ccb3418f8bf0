import { markdown } from '../../model/escape';

/** One row of the tree as it is shown, apart from the editor so that two states of the tree can be compared. */
export interface Row {
  /** Says what the row is, never how it is doing: it stays while figures change. */
  id: string;
  parent: string | null;
  children: string[];
  /** It has children that are made when it is opened. */
  opens: boolean;
  label: string;
  description: string;
  icon: { id: string; color: string | null };
  /** For the `when` clauses of menus: words with spaces between them. */
  kind: string;
  spoken: string;
  expanded: boolean;
  command: { id: string; title: string; argument: string } | null;
  /** Markdown; made when the pointer rests on the row. */
  tooltip: () => string;
}

/** A row with nothing but a label. */
export const plainRow = (id: string, parent: string | null, label: string): Row => ({
  ...{ id, parent, children: [], opens: false, label, description: '' },
  ...{ icon: { id: 'circle-outline', color: null }, kind: 'none', spoken: label, expanded: false, command: null },
  tooltip: () => markdown(label),
});

/** Does a row look the same? Its hover is not compared: it is made afresh each time. */
const looks = ({ id, children, opens, label, description, icon, kind, spoken, expanded, command }: Row) =>
  JSON.stringify([id, children, opens, label, description, icon, kind, spoken, expanded, command]);

/**
 * Which rows have to be drawn again, each with its subtree; `whole` when the outermost list changed.
 * A row whose list of children changed is named, the children themselves are not.
 */
export function changedRows(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): { whole: boolean; ids: string[] } {
  const roots = (rows: ReadonlyMap<string, Row>) =>
    [...rows.values()].filter(({ parent }) => parent === null).map(({ id }) => id);
  if (JSON.stringify(roots(before)) !== JSON.stringify(roots(after))) return { whole: true, ids: [] };
  const ids = [...after.values()].flatMap((row) => {
    const old = before.get(row.id);
    return !old || looks(old) === looks(row) ? [] : [row.id];
  });
  return { whole: false, ids };
}

/**
 * What a command was called on: the queue's id of a row `queue:ID` (also of its partitions and consumers), the
 * destination of a row `destination:KEY`, the name of a row about a broker; a bare text is a queue's id.
 */
export function subjectOf(argument: unknown): { broker?: string; destination?: string; queue?: string } {
  if (typeof argument !== 'string') return {};
  const [, kind, rest = ''] = /^(broker|broken|error|destination|queue|partition|consumer):(.*)$/s.exec(argument) ?? [];
  if (kind === undefined) return { queue: argument };
  if (kind === 'destination') return { destination: rest };
  if (kind === 'queue') return { queue: rest };
  if (kind === 'partition' || kind === 'consumer') return { queue: rest.slice(0, rest.lastIndexOf(' ')) };
  return { broker: rest };
}
