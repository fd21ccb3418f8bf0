import { languages, type Disposable } from 'vscode';
import type { Pipeline } from '../../model/pipeline';
import { sourceLanguages, type Hints } from '../languageClient';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import { CodeIndex } from './codeIndex';
import { FigureHovers } from './hovers';
import { Join } from './join';
import { FigureLenses } from './lenses';
import { QueueNames } from './names';

/** What joins the workspace's code with the queues that are read. */
export class Code implements Disposable {
  readonly #owner = new Owner();
  readonly index: CodeIndex;
  readonly join: Join;
  readonly lenses: FigureLenses;

  /** @param pipeline the demo's or the file's; null: none is known */
  constructor(
    poller: Poller,
    hints: Hints,
    readonly pipeline: () => Pipeline | null,
    failed: (error: unknown) => void,
  ) {
    const own = <T extends Disposable>(thing: T): T => this.#owner.own(thing);
    const selector = sourceLanguages.map((language) => ({ language, scheme: 'file' }));
    this.index = own(new CodeIndex(hints));
    this.join = new Join(poller, pipeline);
    own(this.index.onDidChange(() => this.join.forgetStages()));
    this.lenses = own(new FigureLenses(poller, this.index, this.join, failed));
    const names = new QueueNames(this.index, this.join);
    own(languages.registerCodeLensProvider(selector, this.lenses));
    own(languages.registerHoverProvider(selector, new FigureHovers(poller, this.index, this.join)));
    own(languages.registerReferenceProvider(selector, names));
    own(languages.registerRenameProvider(selector, names));
  }

  dispose(): void {
    this.#owner.dispose();
  }
}
