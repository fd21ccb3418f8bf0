import {
  CodeLens,
  EventEmitter,
  Range,
  window,
  workspace,
  type CodeLensProvider,
  type Command,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { PlacedReference } from '../../protocol/references';
import { sourceLanguages } from '../languageClient';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import { settings } from '../settings';
import type { CodeIndex } from './codeIndex';
import type { Join, JoinedQueue } from './join';
import { isNews, lensName, lensText, worstFirst } from './lensText';

/** A lens that is shown, and the figures that it tells. */
interface Shown {
  lens: CodeLens;
  /** As last told; null: it tells no figures. */
  told: JoinedQueue | null;
}

/** Above each place that produces or consumes: how its queue is doing now. Only what can be seen is kept up to date. */
export class FigureLenses implements CodeLensProvider, Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  readonly #shown = new Map<string, Map<string, Shown>>();
  #hold: Disposable | null = null;
  #turn = 0;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly poller: Poller,
    private readonly index: CodeIndex,
    private readonly join: Join,
    private readonly failed: (error: unknown) => void,
  ) {
    const again = () => void this.update();
    this.#owner.own(poller.onDidChange(again));
    this.#owner.own(index.onDidChange(again));
    this.#owner.own(window.onDidChangeVisibleTextEditors(again));
    this.#owner.own(
      workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('backpressure.liveFigures')) return;
        this.#changed.fire();
        again();
      }),
    );
    this.#owner.own(
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#shown.delete(uri.toString());
        index.forget(uri);
      }),
    );
    this.#owner.own({ dispose: () => this.#holdWhile(false) });
    again();
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!settings.liveFigures() || this.poller.brokers.length === 0) return [];
    const references = await this.#referencesOf(document);
    this.#tell(document, references);
    const shown = this.#shown.get(document.uri.toString());
    return shown ? [...shown.values()].map(({ lens }) => lens) : [];
  }

  /** Brings what can be seen up to date; the editor asks anew only where a text changed. */
  async update(): Promise<void> {
    const turn = ++this.#turn;
    const isWanted = settings.liveFigures() && this.poller.brokers.length > 0;
    const documents = isWanted ? visibleDocuments() : [];
    const told = await Promise.all(
      documents.map(async (document) => ({ document, references: await this.#referencesOf(document) })),
    );
    if (turn !== this.#turn || this.#owner.ended) return;
    this.#holdWhile(told.some(({ references }) => references.some((each) => this.#isRead(each))));
    const isNew = told.map(({ document, references }) => this.#tell(document, references));
    if (isNew.includes(true)) this.#changed.fire();
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #referencesOf(document: TextDocument): Promise<PlacedReference[]> {
    return this.index.ofDocument(document).catch((error: unknown) => {
      this.failed(error);
      return [];
    });
  }

  /** Sets the lenses of a document. Those that stay are the same objects. @returns does one say something new? */
  #tell({ uri }: TextDocument, references: readonly PlacedReference[]): boolean {
    const before = this.#shown.get(uri.toString()) ?? new Map<string, Shown>();
    const now = new Map<string, Shown>();
    for (const reference of references) {
      const key = `${reference.line}`;
      const old = now.get(key) ?? before.get(key);
      const said = this.#said(reference, old?.told ?? null);
      if (!said || now.has(key)) continue;
      const range = new Range(reference.line - 1, 0, reference.line - 1, 0);
      const lens = old?.lens.command?.title === said.command.title ? old.lens : new CodeLens(range, said.command);
      now.set(key, { lens, told: said.told });
    }
    this.#shown.set(uri.toString(), now);
    const titles = (shown: Map<string, Shown>) => [...shown].map(([key, { lens }]) => [key, lens.command?.title]);
    return JSON.stringify(titles(before)) !== JSON.stringify(titles(now));
  }

  #said(reference: PlacedReference, before: JoinedQueue | null): { command: Command; told: JoinedQueue | null } | null {
    if (reference.role === 'declare' || this.join.queues.of(reference.system).length === 0) return null;
    const match = this.join.match(reference);
    const { destination, group } = reference;
    const name = destination === null ? 'queue' : lensName({ destination, group });
    if (match.kind === 'choice')
      return { told: null, command: { title: `${name}: ${match.why} – choose…`, ...choose, arguments: [reference] } };
    if (match.kind === 'none') return { told: null, command: { title: `${name}: ${match.why}`, command: '' } };
    const [worst] = worstFirst(match.queues) as JoinedQueue[];
    if (!worst) return null;
    const told = before?.id === worst.id && !isNews(before, worst) ? before : worst;
    const more = match.queues.length > 1 ? ` · ${match.queues.length - 1} more` : '';
    return { told, command: { title: `${lensText(told)}${more}`, ...show, arguments: [worst.id] } };
  }

  #isRead({ system, role }: PlacedReference): boolean {
    return role !== 'declare' && this.poller.brokers.some(({ config }) => config.system === system);
  }

  #holdWhile(isSeen: boolean): void {
    if (isSeen) this.#hold ??= this.poller.hold('watch');
    else {
      this.#hold?.dispose();
      this.#hold = null;
    }
  }
}

const choose = { command: 'backpressure.chooseQueue', tooltip: 'Say which queue this is' };
const show = { command: 'backpressure.showInReport', tooltip: 'Show it in the report' };

const visibleDocuments = () => [
  ...new Set(
    window.visibleTextEditors
      .map(({ document }) => document)
      .filter(({ languageId, uri }) => sourceLanguages.includes(languageId) && uri.scheme === 'file'),
  ),
];
