import { commands, Location, Position, Range, Uri, window, workspace } from 'vscode';
import { plural } from '../../model/format';
import { parseQueueId, queueLabel } from '../../model/identity';
import type { PlacedReference } from '../../protocol/references';
import type { Handler } from '../commands';
import type { App } from '../context';
import { subjectOf } from '../tree/row';

/** What leads from queues to code. */
export const placeCommands: Record<string, Handler> = {
  'backpressure.goToCode': goToCode,
  'backpressure.findCodeReferences': findReferences,
  'backpressure.showInReport': showInReport,
  'backpressure.openPlace': (app, argument) => openNamed(app, argument),
};

const roles = { consume: 'consumes', produce: 'produces', declare: 'declares' } as const;

/** Opens the place that produces or consumes a queue; of several the one that is chosen. */
async function goToCode(app: App, argument: unknown): Promise<void> {
  const found = await placesOf(app, argument);
  if (!found || found.places.length === 0) return;
  const [only, ...others] = found.places;
  if (only && others.length === 0) {
    await openPlace(only.file, only.line);
    return;
  }
  const items = await Promise.all(
    found.places.map(async (place) => ({
      label: `${roles[place.role]} ${place.destination ?? ''}${place.group === null ? '' : ` · ${place.group}`}`,
      description: `${place.path}:${place.line}`,
      detail: await lineAt(place),
      place,
    })),
  );
  const options = { title: `Code of ${found.name}`, matchOnDescription: true, matchOnDetail: true };
  const chosen = await window.showQuickPick(items, options);
  if (chosen) await openPlace(chosen.place.file, chosen.place.line);
}

/** The editor's own list of references, of a queue. */
async function findReferences(app: App, argument: unknown): Promise<void> {
  const found = await placesOf(app, argument);
  const [first] = found?.places ?? [];
  if (!found || !first) return;
  await openPlace(first.file, first.line);
  const place = locationOf(first);
  await commands.executeCommand(
    'editor.action.showReferences',
    place.uri,
    place.range.start,
    found.places.map(locationOf),
  );
}

/** Lands in the report at a queue where a pipeline is known, else in the queue's chart. */
async function showInReport(app: App, argument: unknown): Promise<void> {
  const { queue } = subjectOf(argument);
  if (queue === undefined) return;
  if (!app.code.pipeline()) {
    app.charts.show(queue);
    return;
  }
  app.panel.show();
  if (!app.analyst.report?.queues.some(({ id }) => id === queue)) await app.analysis.run();
  app.panel.focus(queue);
}

/** Opens `{ path, line }` of a report, with its quick fixes where it has some. Only files whose queues are known are opened. */
async function openNamed({ code }: App, argument: unknown): Promise<void> {
  const { path, line } = (argument ?? {}) as Record<string, unknown>;
  const place = (await code.index.all()).find((reference) => reference.path === path);
  if (!place || typeof line !== 'number') return;
  await openPlace(place.file, line);
  const hazards = await code.index.hazardsOf(place.file);
  if (hazards.some((hazard) => hazard.line === line && hazard.fixes.length > 0))
    await commands.executeCommand('editor.action.quickFix');
}

/** Puts the cursor on a line, from 1. */
export async function openPlace(file: string, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(file));
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(Math.min(line, document.lineCount) - 1);
  const start = new Position(range.start.line, firstNonWhitespaceCharacterIndex);
  await window.showTextDocument(document, { selection: new Range(start, start) });
}

/** Where a reference stands. */
export const locationOf = ({ file, line }: PlacedReference): Location =>
  new Location(Uri.file(file), new Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER));

/** The places of the queue that a row or an id stands for; a person is told where there is none. Null: it stands for none. */
async function placesOf(app: App, argument: unknown): Promise<{ name: string; places: PlacedReference[] } | null> {
  const { queue, destination } = subjectOf(argument);
  const rows = destination === undefined ? [] : (app.tree.rows.get(`destination:${destination}`)?.children ?? []);
  const ids = queue === undefined ? rows.flatMap((row) => subjectOf(row).queue ?? []) : [queue];
  const [first] = ids;
  if (first === undefined) return null;
  const references = await window.withProgress({ location: { viewId: 'backpressure.queues' } }, () =>
    app.code.index.all(),
  );
  const places = new Set(ids.flatMap((id) => app.code.join.placesOf(id, references)));
  const name = queueLabel(parseQueueId(first));
  if (places.size === 0) tellNone(name, references);
  return { name, places: [...places] };
}

// Not awaited: a message that nobody answers would keep the command running.
function tellNone(name: string, references: readonly PlacedReference[]): void {
  const unknown = references.filter(({ destination }) => destination === null).length;
  const rest =
    unknown === 0
      ? ''
      : ` ${plural(unknown, 'place')} name a queue that is only known when the program runs: the line above such a place lets you choose which.`;
  void window.showInformationMessage(`No code in this workspace is known to produce or consume ${name}.${rest}`);
}

async function lineAt({ file, line }: PlacedReference): Promise<string> {
  const document = await workspace.openTextDocument(Uri.file(file));
  return line <= document.lineCount ? document.lineAt(line - 1).text.trim() : '';
}
