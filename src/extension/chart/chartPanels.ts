import { Uri, ViewColumn, window, type Disposable, type LogOutputChannel, type WebviewPanel } from 'vscode';
import type { Pipeline } from '../../model/pipeline';
import { queueLabel } from '../../model/identity';
import type { FromChart, ToChart } from '../../protocol/chart';
import { saveAs } from '../exports';
import { Owner } from '../owner';
import { pageFolder, pageHtml } from '../pageHtml';
import type { Poller } from '../poller';
import type { StateLog } from '../stateLog';
import { pastOf, readPast } from './past';
import { chartSeries, since, type ChartFrame } from './series';

const viewType = 'backpressure.chart';
const hour = 3600;
/** What can be chosen where a Prometheus knows more than our own hour; seconds. */
const longSpans = [hour, 6 * hour, 24 * hour, 7 * 24 * hour, 30 * 24 * hour];

interface Shown {
  view: WebviewPanel;
  owner: Owner;
  queue: string;
  seconds: number;
  hold: Disposable | null;
}

/** The charts that are open, one for each queue: fed while they can be seen, and read no more once they are closed. */
export class ChartPanels implements Disposable {
  readonly #owner = new Owner();
  readonly #shown = new Map<string, Shown>();

  constructor(
    private readonly extensionUri: Uri,
    private readonly poller: Poller,
    private readonly states: StateLog,
    private readonly pipeline: () => Pipeline | null,
    private readonly log: LogOutputChannel,
  ) {
    this.#owner.own(
      poller.onDidChange(() => {
        for (const chart of this.#shown.values()) if (chart.seconds <= hour) this.#feed(chart);
      }),
    );
    this.#owner.own(
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (view, state: unknown) => {
          const { queue, seconds } = (state ?? {}) as { queue?: unknown; seconds?: unknown };
          if (typeof queue === 'string') this.#attach(view, queue, typeof seconds === 'number' ? seconds : hour);
          else view.dispose();
          return Promise.resolve();
        },
      }),
    );
  }

  /** Ids of the queues whose charts are open. */
  get open(): string[] {
    return [...this.#shown.keys()];
  }

  /** Opens the chart of a queue beside the code, or brings it to the front. */
  show(queue: string): void {
    const open = this.#shown.get(queue);
    if (open) {
      open.view.reveal();
      return;
    }
    const options = { enableScripts: true, localResourceRoots: [pageFolder(this.extensionUri)] };
    this.#attach(window.createWebviewPanel(viewType, this.#name(queue), ViewColumn.Active, options), queue, hour);
  }

  /** Closes every chart. */
  close(): void {
    for (const { view } of [...this.#shown.values()]) view.dispose();
  }

  dispose(): void {
    this.#owner.dispose();
    this.close();
  }

  #attach(view: WebviewPanel, queue: string, seconds: number): void {
    const owner = new Owner();
    const chart: Shown = { view, owner, queue, seconds, hold: null };
    this.#shown.get(queue)?.view.dispose();
    this.#shown.set(queue, chart);
    view.iconPath = Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    view.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extensionUri)] };
    owner.own(view.webview.onDidReceiveMessage((message: unknown) => void this.#receive(chart, message)));
    owner.own(view.onDidChangeViewState(() => this.#seen(chart)));
    owner.own(
      view.onDidDispose(() => {
        if (this.#shown.get(queue) === chart) this.#shown.delete(queue);
        chart.hold?.dispose();
        owner.dispose();
      }),
    );
    view.webview.html = pageHtml(view.webview, pageFolder(this.extensionUri), 'chart', 'Backpressure Chart');
    this.#seen(chart);
  }

  #seen(chart: Shown): void {
    if (chart.view.visible) {
      chart.hold ??= this.poller.hold('watch');
      this.#feed(chart);
    } else {
      chart.hold?.dispose();
      chart.hold = null;
    }
  }

  async #receive(chart: Shown, value: unknown): Promise<void> {
    const { fromChart } = await import('../later');
    const { data: message } = fromChart.safeParse(value);
    if (!message) this.log.warn('the chart sent no message of ours');
    else await this.#act(chart, message).catch((error: unknown) => this.#problem(chart, error));
  }

  async #act(chart: Shown, message: FromChart): Promise<void> {
    if (message.type === 'span') chart.seconds = message.seconds;
    if (message.type !== 'save') this.#feed(chart);
    else if (message.format === 'csv') await saveAs(this.#name(chart.queue), 'csv', message.content);
    else await saveAs(this.#name(chart.queue), 'png', Buffer.from(message.content, 'base64'));
  }

  #feed(chart: Shown): void {
    if (chart.view.visible) this.#tell(chart).catch((error: unknown) => this.#problem(chart, error));
  }

  async #tell(chart: Shown): Promise<void> {
    const { queue, seconds } = chart;
    const broker = this.poller.brokers.find(({ history }) => history.trace(queue) !== null);
    const latest = broker?.history.reading(queue) ?? null;
    const name = broker?.config.name ?? decodeURIComponent(queue.split('/')[0] ?? '');
    const past = pastOf(this.pipeline(), queue, name);
    const frame: ChartFrame = { queue, seconds, name: this.#name(queue), spans: past ? longSpans : [hour], source: '' };
    const trace = broker?.history.trace(queue) ?? null;
    const until = trace?.at.at(-1) ?? Date.now();
    const changes = this.states.since(until - seconds * 1000, (id) => id === queue);
    if (past && seconds > hour) {
      const read = await readPast(past, queue, Date.now(), seconds);
      const source = `From the Prometheus ${past.config.name}.`;
      this.#post(chart, { type: 'series', series: chartSeries({ ...frame, source }, read, latest, changes) });
      return;
    }
    if (!trace) {
      this.#post(chart, {
        type: 'problem',
        text: `Nothing has been read of ${frame.name}: ${name} is not being read.`,
      });
      return;
    }
    const shortened = broker?.history.shortened ?? null;
    const coarse = shortened === null ? '' : ` ${shortened}.`;
    const source = `Read from ${name} while somebody looked, an hour at most.${coarse}`;
    const series = chartSeries({ ...frame, source }, since(trace, until - hour * 1000), latest, changes);
    this.#post(chart, { type: 'series', series });
  }

  #problem(chart: Shown, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.log.warn(`the chart of ${chart.queue}: ${text}`);
    this.#post(chart, { type: 'problem', text });
  }

  #post(chart: Shown, message: ToChart): void {
    if (this.#shown.get(chart.queue) === chart) void chart.view.webview.postMessage(message);
  }

  #name(queue: string): string {
    const rows = this.poller.brokers.flatMap(({ queues }) => queues);
    const row = rows.find(({ id }) => id === queue);
    return row ? queueLabel(row) : queue.split('/').slice(1).map(decodeURIComponent).join(' › ');
  }
}
