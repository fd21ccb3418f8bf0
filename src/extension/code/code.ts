import { languages, workspace, type Disposable } from 'vscode';
import type { Pipeline } from '../../model/pipeline';
import type { Report } from '../../model/report';
import { sourceLanguages, type Hints } from '../languageClient';
import { Owner } from '../owner';
import type { Poller } from '../poller';
import { CodeIndex } from './codeIndex';
import { Proposals } from './derive';
import { withEvidence } from './evidence';
import { FigureHovers } from './hovers';
import { Join } from './join';
import { FigureLenses } from './lenses';
import { Marks } from './marks';
import { QueueNames } from './names';
import { LiveWeight } from './weight';

/** What joins the workspace's code with the queues that are read. */
export class Code implements Disposable {
  readonly #owner = new Owner();
  readonly index: CodeIndex;
  readonly join: Join;
  readonly lenses: FigureLenses;
  readonly marks = this.#owner.own(new Marks());
  readonly proposals = this.#owner.own(new Proposals());

  /** @param pipeline the demo's or the file's; null: none is known */
  constructor(
    poller: Poller,
    hints: Hints,
    readonly pipeline: () => Pipeline | null,
    private readonly failed: (error: unknown) => void,
  ) {
    const own = <T extends Disposable>(thing: T): T => this.#owner.own(thing);
    const selector = sourceLanguages.map((language) => ({ language, scheme: 'file' }));
    this.index = own(new CodeIndex(hints));
    this.join = new Join(poller, pipeline);
    own(this.index.onDidChange(() => this.join.forgetStages()));
    this.lenses = own(new FigureLenses(poller, this.index, this.join, failed));
    own(new LiveWeight(poller, hints, this.index, this.join, failed));
    const names = new QueueNames(this.index, this.join);
    own(languages.registerCodeLensProvider(selector, this.lenses));
    own(languages.registerHoverProvider(selector, new FigureHovers(poller, this.index, this.join)));
    own(languages.registerReferenceProvider(selector, names));
    own(languages.registerRenameProvider(selector, names));
  }

  /** A report with the places in code that belong to its bottlenecks; as it is where the code cannot be read. */
  async complete(report: Report): Promise<Report> {
    if (!workspace.isTrusted || !workspace.workspaceFolders) return report;
    return withEvidence(report, this.index, this.join).catch((error: unknown) => {
      this.failed(error);
      return report;
    });
  }

  dispose(): void {
    this.#owner.dispose();
  }
}
