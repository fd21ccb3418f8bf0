import { DiagnosticSeverity, window, type Diagnostic, type Disposable, type TextDocument } from 'vscode';
import type { PlacedReference } from '../../protocol/references';
import type { Hints } from '../languageClient';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import type { CodeIndex } from './codeIndex';
import { consumerBefore } from './evidence';
import type { Join } from './join';
import { lensName, worstFirst } from './lensText';

/** Raises what can grow in a consumer by one step while the consumer's queue grows: it then stands higher in the list of problems. */
export class LiveWeight implements Disposable {
  readonly #owner = new Owner();
  /** What grew when a document was judged last, by its URI. */
  readonly #grew = new Map<string, string>();

  constructor(
    poller: Poller,
    private readonly hints: Hints,
    private readonly index: CodeIndex,
    private readonly join: Join,
    private readonly failed: (error: unknown) => void,
  ) {
    this.#owner.own(poller.onDidChange(() => void this.#look()));
    hints.weigh = (document, diagnostics) => this.#raised(document, diagnostics);
  }

  dispose(): void {
    this.#owner.dispose();
  }

  async #raised(document: TextDocument, diagnostics: readonly Diagnostic[]): Promise<Diagnostic[]> {
    const consumers = await this.#consumersIn(document);
    const growing = new Map(consumers.map((reference) => [reference, this.#growing(reference)]));
    this.#grew.set(document.uri.toString(), JSON.stringify([...growing.values()]));
    return diagnostics.map((diagnostic) => {
      const consumer = consumerBefore(diagnostic.range.start.line + 1, consumers);
      const queue = consumer && growing.get(consumer);
      return queue ? heavier(diagnostic, queue) : diagnostic;
    });
  }

  /** Asks the server anew where another queue grows than when it was asked last. */
  async #look(): Promise<void> {
    try {
      for (const { document } of window.visibleTextEditors) {
        if (!this.hints.reads(document)) continue;
        const consumers = await this.#consumersIn(document);
        const grows = JSON.stringify(consumers.map((reference) => this.#growing(reference)));
        const uri = document.uri.toString();
        const before = this.#grew.get(uri);
        this.#grew.set(uri, grows);
        if (before !== undefined && grows !== before) await this.hints.judgeAgain(document);
      }
    } catch (error) {
      this.failed(error);
    }
  }

  async #consumersIn(document: TextDocument): Promise<PlacedReference[]> {
    return (await this.index.ofDocument(document)).filter(({ role }) => role === 'consume');
  }

  /** The name of the queue behind a consumer, if it grows. */
  #growing(reference: PlacedReference): string | null {
    const match = this.join.match(reference);
    const grows = match.kind === 'queues' ? match.queues.filter(({ trend }) => trend.state === 'growing') : [];
    const [worst] = worstFirst(grows);
    return worst ? lensName(worst) : null;
  }
}

function heavier(diagnostic: Diagnostic, queue: string): Diagnostic {
  const { Error, Warning, Information, Hint } = DiagnosticSeverity;
  const up = { [Hint]: Information, [Information]: Warning, [Warning]: Error, [Error]: Error };
  diagnostic.severity = up[diagnostic.severity];
  diagnostic.message = `${diagnostic.message}\nIt weighs now: ${queue} grows.`;
  return diagnostic;
}
