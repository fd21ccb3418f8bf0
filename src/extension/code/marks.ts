import { Diagnostic, DiagnosticSeverity, languages, Range, Uri, window, workspace, type Disposable } from 'vscode';
import { plural } from '../../model/format';
import type { Handler } from '../commands';
import type { App } from '../context';
import { Owner } from '../owner';

export const markCommands: Record<string, Handler> = {
  'backpressure.markBottleneck': mark,
  'backpressure.clearMarks': ({ code }) => code.marks.clear(),
};

/** Marks in the code that say which consumer holds everything up. They are set when somebody asks, and stay until cleared. */
export class Marks implements Disposable {
  readonly #owner = new Owner();
  readonly #collection = this.#owner.own(languages.createDiagnosticCollection('backpressure bottleneck'));

  /** Replaces the marks that are set. Lines from 1. */
  set(places: readonly { file: string; line: number; text: string }[]): void {
    this.#collection.clear();
    for (const file of new Set(places.map((place) => place.file))) {
      const own = places.filter((place) => place.file === file);
      this.#collection.set(Uri.file(file), own.map(diagnostic));
    }
  }

  clear(): void {
    this.#collection.clear();
  }

  dispose(): void {
    this.#owner.dispose();
  }
}

function diagnostic({ line, text }: { line: number; text: string }): Diagnostic {
  const found = new Diagnostic(
    new Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER),
    text,
    DiagnosticSeverity.Warning,
  );
  found.source = 'backpressure';
  found.code = 'bottleneck-now';
  return found;
}

/** Analyzes, and marks where the bottlenecks' queues are consumed. */
async function mark({ analysis, analyst, code }: App): Promise<void> {
  const report = (await analysis.run(true)) ?? analyst.report;
  if (!report) return;
  const references = (await code.index.all()).filter(({ role }) => role === 'consume');
  const places = report.bottlenecks.flatMap(({ queue, drainText, stage }) =>
    code.join.placesOf(queue ?? '', references).map(({ file, line }) => ({
      file,
      line,
      text: `${stage ?? queue ?? ''} is the bottleneck now: ${drainText}. ${report.sentence}`,
    })),
  );
  code.marks.set(places);
  const [first] = places;
  if (!first) {
    const text =
      report.bottlenecks.length === 0
        ? 'There is no bottleneck now.'
        : 'No code in this workspace is known to consume what backs up.';
    void window.showInformationMessage(text);
    return;
  }
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(first.file)), {
    selection: new Range(first.line - 1, 0, first.line - 1, 0),
  });
  window.setStatusBarMessage(`${plural(places.length, 'place')} marked`, 5000);
}
