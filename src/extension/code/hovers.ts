import { Hover, MarkdownString, type HoverProvider, type Position, type TextDocument } from 'vscode';
import { markdown } from '../../model/escape';
import { count, rate } from '../../model/format';
import type { PlacedHazard } from '../../protocol/references';
import type { Poller } from '../poller';
import { queueTooltip } from '../tree/queueText';
import type { CodeIndex } from './codeIndex';
import type { Join, JoinedQueue } from './join';
import { worstFirst } from './lensText';

/** What the sparkline shows, milliseconds. */
const hour = 3_600_000;
/** More queues behind one place than that are counted, not shown. */
const mostQueues = 3;

/** The reasoning behind the lens: state, sparkline, figures, since when, and what in this file weighs now. */
export class FigureHovers implements HoverProvider {
  constructor(
    private readonly poller: Poller,
    private readonly index: CodeIndex,
    private readonly join: Join,
  ) {}

  async provideHover(document: TextDocument, { line }: Position): Promise<Hover | null> {
    if (this.poller.brokers.length === 0) return null;
    const references = await this.index.ofDocument(document);
    const here = references.filter((reference) => reference.line === line + 1 && reference.role !== 'declare');
    const queues = here.flatMap((reference) => {
      const match = this.join.match(reference);
      return match.kind === 'queues' ? match.queues : [];
    });
    const worst = worstFirst(queues) as JoinedQueue[];
    if (worst.length === 0) return null;
    const consumed = here.some(({ role }) => role === 'consume');
    const hazards = consumed ? await this.index.hazardsOf(document.uri.fsPath) : [];
    const rest = worst.length - mostQueues;
    const [first, ...others] = worst.slice(0, mostQueues);
    const parts = [
      ...(first
        ? [queueTooltip(first, this.#past(first), { remarks: weighing(first, hazards), links: [places(first)] })]
        : []),
      ...others.map((queue) => queueTooltip(queue, this.#past(queue))),
      ...(rest > 0 ? [`and ${count(rest)} more`] : []),
    ];
    const text = new MarkdownString(parts.join('\n\n'));
    text.isTrusted = { enabledCommands: ['backpressure.analyze', 'backpressure.showChart', 'backpressure.goToCode'] };
    return new Hover(text);
  }

  #past({ id, broker }: JoinedQueue): [at: number, backlog: number][] {
    const read = this.poller.brokers.find(({ config }) => config.name === broker);
    return read?.history.recent(id, hour) ?? [];
  }
}

/** Hazards of a consumer matter more while its queue grows. */
function weighing(queue: JoinedQueue, hazards: readonly PlacedHazard[]): string[] {
  const growth = queue.growthRate ?? queue.trend.slope;
  if (queue.trend.state !== 'growing' || hazards.length === 0) return [];
  const list = hazards.map(({ lens, line }) => `- ${markdown(lens)}, line ${line}`).join('\n');
  return [`Weighs now, as this queue grows${growth === null ? '' : ` by ${rate(growth)}`}:\n${list}`];
}

const places = ({ id }: JoinedQueue): string =>
  `[All places](command:backpressure.goToCode?${encodeURIComponent(JSON.stringify([id]))})`;
