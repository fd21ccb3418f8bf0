import {
  commands,
  Uri,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type Memento,
} from 'vscode';
import { plural } from '../model/format';
import { questionsFor } from '../measure/questions';
import { Analyst } from './analyst';
import { Analysis, type AnalysisInput } from './analyze';
import { ChartPanels } from './chart/chartPanels';
import { Code } from './code/code';
import { offerPipeline } from './code/derive';
import { withPasswordOf } from './connections/borrowed';
import { Connections } from './connections/connections';
import { startDemo, type RunningDemo } from './demo';
import { FoundView } from './discovery/foundView';
import { KeptReports } from './keptReports';
import { Hints } from './languageClient';
import { Notifier } from './notifications/notifier';
import { heldByOwners, Owner } from './owner';
import { PipelineFile } from './pipelineFile';
import { Poller } from './poller';
import { Recording } from './recording';
import { ReportPanel, type PanelActions } from './reportPanel';
import { Secrets } from './connections/secrets';
import { isNewer } from './state';
import { StateLog } from './stateLog';
import { StatusBar } from './statusBar';
import { QueueTree } from './tree/queueTree';
import type { Wanted } from './watchedBroker';

/** Everything of the extension that lives, with its one owner. What commands do, they do to this. */
export class App implements Disposable {
  readonly #owner = new Owner();
  readonly log: LogOutputChannel;
  /** What is remembered of this workspace. */
  readonly memory: Memento;
  readonly connections: Connections;
  readonly poller: Poller;
  readonly pipelineFile: PipelineFile;
  readonly tree: QueueTree;
  readonly statusBar: StatusBar;
  readonly found: FoundView;
  readonly notifier: Notifier;
  readonly recording: Recording;
  readonly analyst: Analyst;
  readonly states: StateLog;
  readonly charts: ChartPanels;
  readonly panel: ReportPanel;
  readonly analysis: Analysis;
  readonly hints: Hints;
  readonly code: Code;
  #demo: RunningDemo | null = null;
  #turn = 0;
  #reloaded = Promise.resolve();

  constructor(context: ExtensionContext) {
    const own = <T extends Disposable>(thing: T): T => this.#owner.own(thing);
    this.memory = context.workspaceState;
    this.log = own(window.createOutputChannel('Backpressure', { log: true }));
    this.connections = new Connections(new Secrets(context.secrets, (error) => this.#secretsFailed(error)), this.log);
    this.poller = own(new Poller(this.log));
    this.pipelineFile = own(new PipelineFile());
    this.recording = own(new Recording());
    this.states = own(new StateLog(this.poller));
    this.#warnOfNewerState();
    this.analyst = own(
      new Analyst(this.poller, this.#keptReports(context), (from, wanted) => this.states.since(from, wanted)),
    );
    this.tree = own(new QueueTree(this.poller, this.memory));
    this.statusBar = own(new StatusBar(this.poller));
    this.notifier = own(new Notifier(this.poller, this.memory));
    this.found = own(new FoundView((url) => this.poller.reads(url)));
    own(this.tree.onDidChangeVisibility(() => this.#lookForBrokers()));
    this.#lookForBrokers();
    const pipeline = () => this.#demo?.pipeline ?? this.pipelineFile.loaded?.pipeline ?? null;
    this.charts = own(new ChartPanels(context.extensionUri, this.poller, this.states, pipeline, this.log));
    this.panel = own(
      new ReportPanel(context.extensionUri, this.analyst, this.poller, this.recording, this.#panelActions()),
    );
    this.analysis = own(new Analysis(this.#analysisInput()));
    this.hints = own(new Hints(context, this.log));
    const codeFailed = (error: unknown) => this.log.error(`code could not be joined with queues: ${String(error)}`);
    this.code = own(new Code(this.poller, this.hints, pipeline, codeFailed));
    this.analyst.complete = (report) => this.code.complete(report);
    this.#listen(context);
  }

  #keptReports({ storageUri, globalStorageUri }: ExtensionContext): KeptReports {
    return new KeptReports(
      Uri.joinPath(storageUri ?? globalStorageUri, 'reports'),
      (error) => this.log.warn(`the last reports could not be kept: ${String(error)}`),
      (count) => void window.showInformationMessage(keptByNewer(plural(count, 'report'))),
    );
  }

  #panelActions(): PanelActions {
    return {
      analyze: () => void commands.executeCommand('backpressure.analyze'),
      cancel: () => this.analysis.cancel(),
      reveal: (queue) => void this.tree.reveal(queue),
      chart: (queue) => this.charts.show(queue),
      code: (queue) => void commands.executeCommand('backpressure.goToCode', queue),
      place: (path, line) => void commands.executeCommand('backpressure.openPlace', { path, line }),
      failed: (error) =>
        this.log.error(`the report failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
      strange: (message) => this.log.warn(`the page sent no message of ours: ${JSON.stringify(message)}`),
    };
  }

  #analysisInput(): AnalysisInput {
    return {
      poller: this.poller,
      analyst: this.analyst,
      pipelineFile: () => this.pipelineFile.loaded,
      demoPipeline: () => this.#demo?.pipeline ?? null,
      recording: this.recording,
      offerPipeline: () => offerPipeline(this),
      show: () => this.panel.show(),
    };
  }

  /** From now on what changes outside is followed. */
  #listen(context: ExtensionContext): void {
    const changes = [
      this.pipelineFile.onDidChange(() => void this.reload()),
      this.recording.onDidChange(() => void this.#replay()),
      workspace.onDidGrantWorkspaceTrust(() => void this.pipelineFile.read()),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('backpressure.connections')) void this.reload();
        if (change.affectsConfiguration('backpressure')) this.poller.adjust();
      }),
      context.secrets.onDidChange(() => void this.reload()),
    ];
    for (const change of changes) this.#owner.own(change);
  }

  /** How many things are held by owners: what is opened and closed again leaves it as it was. */
  get held(): number {
    return heldByOwners();
  }

  /** The demo broker that is running, if one is. */
  get demo(): RunningDemo | null {
    return this.#demo;
  }

  /** Starts the demo of that name with a past, so that the first report need not wait; another one that runs is replaced. */
  async startDemo(scenario: string): Promise<void> {
    this.#demo = await startDemo(scenario, (level, text) => this.log[level](text));
    await this.reload();
  }

  async stopDemo(): Promise<void> {
    this.#demo = null;
    await this.reload();
  }

  /** Makes the brokers that are read those of the settings, the pipeline file and the demo; done when a later one is. */
  reload(): Promise<void> {
    return (this.#reloaded = this.#reload(++this.#turn));
  }

  async #reload(turn: number): Promise<void> {
    const saved = await this.connections.load();
    if (turn !== this.#turn) return this.#reloaded;
    if (this.#owner.ended) return;
    const pipeline = this.pipelineFile.loaded?.pipeline ?? null;
    const wanted: Wanted[] = [
      ...this.recording.brokers,
      ...(this.#demo ? [this.#demo.broker] : []),
      ...(pipeline?.brokers ?? []).map((config) => ({
        ...{ config: withPasswordOf(saved, config), origin: 'file' as const },
        questions: questionsFor(pipeline, config.name),
        hasPast: pipeline?.historyFrom === config.name,
      })),
      ...saved.flatMap((entry) => ('config' in entry ? [{ config: entry.config, origin: 'saved' as const }] : [])),
    ];
    this.poller.reconcile(wanted, saved);
    this.found.show();
    this.updateKeys();
  }

  /** Brings tree, map and report to the moment of the recording; back to the brokers once it is closed. */
  async #replay(): Promise<void> {
    const { open, brokers } = this.recording;
    const shown = this.poller.brokers.filter(({ origin }) => origin === 'recording');
    const past = new Map(brokers.map(({ config, past = [] }) => [config.name, past]));
    if (open && brokers.length === shown.length && shown.every(({ config }) => past.has(config.name))) {
      for (const broker of shown) broker.rewind(past.get(broker.config.name) ?? []);
    } else await this.reload();
    if (!open) this.analyst.clear();
    else if (this.analyst.status.phase === 'replaying') await this.analyst.refresh();
    else await this.analysis.run();
  }

  /** Tells the menus how things stand. */
  updateKeys(): void {
    const { brokers, broken, paused } = this.poller;
    const keys = {
      connected: brokers.length + broken.length > 0,
      demo: this.#demo !== null,
      paused,
      replaying: this.recording.open !== null,
    };
    for (const [key, value] of Object.entries(keys)) {
      void commands.executeCommand('setContext', `backpressure.${key}`, value);
    }
  }

  dispose(): void {
    this.#owner.dispose();
  }

  /** The workspace's files are searched when somebody first looks at the queues. */
  #lookForBrokers(): void {
    if (this.tree.visible) this.found.begin();
  }

  #warnOfNewerState(): void {
    for (const key of this.memory.keys().filter((key) => isNewer(this.memory, key))) this.log.warn(keptByNewer(key));
  }

  #secretsFailed(error: unknown): void {
    this.log.warn(`the secret storage failed, passwords last until the window closes: ${String(error)}`);
  }
}

const keptByNewer = (what: string) =>
  `Kept by a newer version of this extension: ${what}. It stays as it is; this version does without it.`;
