import { CancellationTokenSource, commands, ProgressLocation, Selection, window, type Disposable } from 'vscode';
import type { Pipeline } from '../model/pipeline';
import type { Report } from '../model/report';
import type { Analyst, Subject } from './analyst';
import type { LoadedPipeline } from './pipelineFile';
import type { Poller } from './poller';
import type { Recording } from './recording';

/** What the command looks at when it runs. */
export interface AnalysisInput {
  poller: Poller;
  analyst: Analyst;
  pipelineFile: () => LoadedPipeline | null;
  demoPipeline: () => Pipeline | null;
  recording: Recording;
  /** Offers a pipeline to a workspace that nobody has described. @returns is it shown instead? */
  offerPipeline: () => Promise<boolean>;
  /** Opens the page. */
  show: () => void;
}

/** The command **Analyze Backpressure**: one analysis at a time, cancelled from its notification or from the page. */
export class Analysis implements Disposable {
  #cancel: CancellationTokenSource | null = null;

  constructor(private readonly input: AnalysisInput) {}

  /**
   * Analyzes and shows the page.
   * @param quiet does not open the page: for callers that have one of their own
   * @returns null when there is nothing to analyze, or it was cancelled before anything was read
   */
  async run(quiet = false): Promise<Report | null> {
    const show = () => {
      if (!quiet) this.input.show();
    };
    if (this.#cancel) {
      show();
      return null;
    }
    if (!quiet && this.#isUndescribed && (await this.input.offerPipeline())) return null;
    const subject = this.#subject();
    if (!subject) return null;
    const cancel = new CancellationTokenSource();
    this.#cancel = cancel;
    show();
    try {
      return await window.withProgress(
        { location: ProgressLocation.Notification, title: 'Analyzing backpressure', cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(() => cancel.cancel());
          let shown = 0;
          return this.input.analyst.analyze(subject, cancel.token, (share, message) => {
            progress.report({ message, increment: (share - shown) * 100 });
            shown = share;
          });
        },
      );
    } finally {
      this.#cancel = null;
      cancel.dispose();
    }
  }

  get #isUndescribed(): boolean {
    const { recording, demoPipeline, pipelineFile } = this.input;
    return !recording.open && !demoPipeline() && !pipelineFile();
  }

  /** Ends the analysis that is running, if one is. */
  cancel(): void {
    this.#cancel?.cancel();
  }

  dispose(): void {
    this.cancel();
  }

  /** The recording that is open, else the demo while one runs, else the brokers of the user; null when there is nothing to go by, and the user is told. */
  #subject(): Subject | null {
    const { poller, pipelineFile, demoPipeline, recording } = this.input;
    if (recording.open) return this.#replayed(recording);
    const pipeline = demoPipeline();
    if (pipeline) return { pipeline, brokers: () => poller.brokers.filter(({ origin }) => origin === 'demo') };
    const file = pipelineFile();
    if (file && !file.pipeline) {
      this.#tellBroken(file);
      return null;
    }
    if (poller.brokers.length === 0) {
      offer('There is no broker to analyze yet.', {
        'Add Connection': 'backpressure.addConnection',
        'Start Demo': 'backpressure.startDemo',
      });
      return null;
    }
    const named = new Set(file?.pipeline?.brokers.map(({ name }) => name));
    return {
      pipeline: file?.pipeline ?? null,
      brokers: () => poller.brokers.filter(({ config }) => named.size === 0 || named.has(config.name)),
    };
  }

  /** The recording at its moment, with the pipeline file where all of its brokers are recorded. */
  #replayed(recording: Recording): Subject {
    const brokers = () => this.input.poller.brokers.filter(({ origin }) => origin === 'recording');
    const recorded = new Set(recording.brokers.map(({ config }) => config.name));
    const pipeline = this.input.pipelineFile()?.pipeline ?? null;
    const serves = pipeline?.brokers.every(({ name }) => recorded.has(name)) ?? false;
    const moment = () => ({
      ...{ at: recording.open?.at ?? 0, windowMs: recording.windowMs, name: recording.open?.name ?? '' },
    });
    return { brokers, pipeline: serves ? pipeline : null, moment };
  }

  // Neither message is awaited: one that nobody answers would keep the command running.
  #tellBroken({ uri, problems }: LoadedPipeline): void {
    const error = problems.find(({ severity }) => severity === 'error');
    if (!error) return;
    const text = `backpressure.yaml:${error.line}:${error.column}: ${error.message}`;
    this.input.analyst.say({ phase: 'failed', text, progress: null });
    void window.showErrorMessage(text, 'Open File').then((choice) => {
      if (choice === undefined) return undefined;
      const [line, character] = [error.line - 1, error.column - 1];
      const selection = new Selection(line, character, line, character);
      return window.showTextDocument(uri, { selection });
    });
  }
}

function offer(text: string, actions: Record<string, string>): void {
  void window.showInformationMessage(text, ...Object.keys(actions)).then((choice) => {
    const command = choice === undefined ? undefined : actions[choice];
    if (command !== undefined) return commands.executeCommand(command);
    return undefined;
  });
}
