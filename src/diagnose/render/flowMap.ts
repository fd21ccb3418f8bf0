import { plain } from '../../model/escape';
import { count, rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { Edge, QueueReport, Report, StageReport } from '../../model/report';

/** Beyond this many the map would be a wall: the tables have the rest. */
const mostLines = 12;

/** A drawn step of a line: what leads to the node, and the node. */
interface Step {
  arrow: string;
  node: string;
}

/**
 * The pipeline as lines of text, sources first, one line for each branch:
 * `api ─1,050/s→ ( orders 200 ) ═300/s⇒ ⟦ payment ×2 ⟧`. Names are escaped; lines are broken before an arrow at `width`.
 */
export function flowMap(report: Report, width: number): string[] {
  const drawn = new Set<string>();
  const lines: Step[][] = [];
  const next = new Map<string, Edge[]>();
  for (const edge of report.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
  const draw = drawing(report);

  const follow = (start: string) => {
    const line: Step[] = [{ arrow: '', node: draw.node(start) }];
    const branches: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined) {
      const here: string = at;
      drawn.add(here);
      const open: Edge[] = (next.get(here) ?? []).filter(({ from, to }) => !drawn.has(`${from}\n${to}`));
      const [edge, ...others] = open;
      if (others.length > 0) branches.push(here);
      at = undefined;
      if (!edge) break;
      drawn.add(`${edge.from}\n${edge.to}`);
      line.push({ arrow: draw.arrow(edge), node: draw.node(edge.to) });
      // A node that is drawn already ends the line: its way on stands there.
      if (!drawn.has(edge.to)) at = edge.to;
    }
    if (line.length > 1) lines.push(line);
    for (const branch of branches) follow(branch);
  };

  const reached = new Set(report.edges.map(({ to }) => to));
  const sources = report.edges.map(({ from }) => from).filter((from) => !reached.has(from));
  const order = [...worstFirst(report, sources), ...report.edges.map(({ from }) => from)];
  for (const start of order) if (!drawn.has(start)) follow(start);
  const shown = lines.slice(0, mostLines).flatMap((line) => wrapped(line, width));
  const hidden = lines.length - mostLines;
  return hidden > 0 ? [...shown, `… and ${count(hidden)} more, see the tables`] : shown;
}

function worstFirst({ bottlenecks }: Report, sources: readonly string[]): string[] {
  const worst = new Set(bottlenecks.map(({ queue }) => queue));
  return [...sources].sort((a, b) => Number(worst.has(b)) - Number(worst.has(a)));
}

function drawing({ stages, queues, bottlenecks }: Report) {
  const stageOf = new Map(stages.map((stage) => [stage.name, stage]));
  const queueOf = new Map(queues.map((queue) => [queue.id, queue]));
  const worst = new Set(bottlenecks.map(({ stage }) => stage));
  return {
    node(id: string): string {
      const stage = stageOf.get(id);
      const queue = queueOf.get(id);
      return stage ? stageText(stage, worst.has(id)) : queue ? queueText(queue) : plain(id);
    },
    arrow({ to, rate: flow }: Edge): string {
      const figure = flow === null ? '?' : rate(flow);
      return worst.has(to) ? `═${figure}⇒` : `─${figure}→`;
    },
  };
}

function stageText({ name, instances, consumes, state }: StageReport, isWorst: boolean): string {
  const text = `${plain(name)}${instances === null ? '' : ` ×${count(instances)}`}`;
  if (consumes.length === 0) return text;
  const word = state === 'blocked' || state === 'starved' ? ` ${state}` : '';
  return isWorst ? `⟦ ${text} ⟧` : `[ ${text}${word} ]`;
}

function queueText(queue: QueueReport): string {
  const backlog = queue.backlog === null ? (queue.missing.backlog?.kind === 'none' ? '–' : '?') : count(queue.backlog);
  return `( ${plain(queueLabel({ ...queue, group: null }))} ${backlog}${trendArrow(queue)} )`;
}

/** ` ↑750/s` for a growing backlog, ` ↓20/s` for a draining one, else nothing. */
export function trendArrow({ trend, growthRate }: QueueReport): string {
  const pace = growthRate ?? trend.slope ?? 0;
  if (trend.state === 'growing') return ` ↑${rate(Math.abs(pace))}`;
  return trend.state === 'draining' ? ` ↓${rate(Math.abs(pace))}` : '';
}

function wrapped(line: readonly Step[], width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const { arrow, node } of line) {
    const step = arrow === '' ? node : `${arrow} ${node}`;
    if (row === '') row = step;
    else if (row.length + 1 + step.length <= width) row += ` ${step}`;
    else {
      rows.push(row);
      row = `    ${step}`;
    }
  }
  return [...rows, row];
}
