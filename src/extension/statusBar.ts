import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable } from 'vscode';
import { markdown } from '../model/escape';
import { plural } from '../model/format';
import type { QueueReport } from '../model/report';
import { severities } from '../model/severity';
import { Owner } from './owner';
import type { Poller } from './poller';
import { queueDescription, queueName, stateIcons } from './tree/queueText';

/** The worst queue now, in one short item that opens the analysis. */
export class StatusBar implements Disposable {
  readonly #owner = new Owner();
  readonly #item = this.#owner.own(window.createStatusBarItem('backpressure.worst', StatusBarAlignment.Left, 0));

  constructor(private readonly poller: Poller) {
    this.#item.name = 'Backpressure: worst queue';
    this.#item.command = 'backpressure.analyze';
    this.#owner.own(poller.onDidChange(() => this.#update()));
  }

  /** As shown; empty while hidden. */
  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #update(): void {
    const { brokers, paused } = this.poller;
    if (brokers.length === 0) {
      this.#item.text = '';
      this.#item.hide();
      return;
    }
    const queues = brokers.flatMap((broker) => broker.queues);
    const failed = brokers.filter(({ reading }) => reading?.state === 'failed').length;
    const worst = queues.reduce<QueueReport | null>((a, b) => (a && !worse(b, a) ? a : b), null);
    const troubled = worst !== null && ['warning', 'critical'].includes(worst.severity) ? worst : null;
    const icon = paused ? 'debug-pause' : troubled ? stateIcons[troubled.state] : failed > 0 ? 'error' : 'pass';
    const rest = failed > 0 ? `${plural(failed, 'broker')} cannot be read` : plural(queues.length, 'queue');
    const said = troubled ? `${queueName(troubled)} ${queueDescription(troubled)}` : rest;
    const text = paused ? `paused · ${said}` : said;
    // `$(name)` in outside text would be drawn as an icon.
    this.#item.text = `$(${icon}) ${text.replaceAll('$(', '$ (')}`;
    const severity = troubled ? `, ${troubled.severity}` : '';
    this.#item.accessibilityInformation = { label: `Backpressure: ${text}${severity}`, role: 'button' };
    this.#item.tooltip = new MarkdownString(
      troubled
        ? `${markdown(queueName(troubled))}: ${markdown(troubled.reason)}`
        : markdown(failed > 0 ? rest : `Nothing is backing up in ${rest}.`),
    );
    this.#item.backgroundColor =
      troubled?.severity === 'critical' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

const worse = (a: QueueReport, b: QueueReport) =>
  (severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.growthRate ?? 0) - (b.growthRate ?? 0)) > 0;
