import { Language as Grammar, Parser, type Node, type Tree } from 'web-tree-sitter';
import type { FilesBelow } from '../model/filesBelow';
import type { Hazard, SourceReference } from '../model/scan';
import type { FileFacts } from './across/facts';
import type { AlertFacts } from './alerts/coverage';
import { scanAlerts } from './alerts/scan';
import { staysCorrect } from './change';
import type { Fix } from './fixes/edits';
import { languages } from './languages/all';
import { alertFiles } from './languages/named';
import { withoutInlineMap } from './inlineMap';
import { judge, type RulePlaces } from './judge';
import { Queries, type Sought } from './queries';
import { referencesIn } from './references/find';
import { mayNameQueues } from './references/libraries/all';
import { Neighbourhood } from './references/neighbourhood';
import { OpenFiles } from './references/openFiles';
import type { Environment } from './references/reference';
import type { BoundKind, Language, LanguageAdapter, Rule, SourceFacts } from './rule';
import { rules } from './rules/all';
import { explain, explains, type SuppressionState } from './suppression';
import { commentTypes } from './syntax';
import { takeInHand } from './trigrams';
import type { TypedText } from './typed';
import { unveiled, unveiledIn, veiled } from './veil';
import { nodesOf, Walked } from './walked';

/** Longer files are not read: they are data or generated, and would hold up everything else. Characters. */
export const longestFile = 2 * 1024 * 1024;

/** Hands in a WebAssembly file by name: the room itself does no input. */
export type LoadBinary = (name: string) => Promise<Uint8Array>;

/** A hazard, and the short line that stands above its place. */
export interface Found extends Omit<Hazard, 'fixes'> {
  lens: string;
  /** Each leaves a correct program. */
  fixes: Fix[];
}

/** What was found in one text. */
export interface TextScan {
  hazards: Found[];
  /** Places that a rule would report if they had no bound, and the bound. Lines from 1. */
  passed: { rule: string; line: number; kind: BoundKind; bound: string }[];
  /** Comments that explain hazards away, and whether each still does. In a half-typed text none is called stale. */
  suppressions: { line: number; reason: string | null; state: SuppressionState }[];
  /** Of YAML only: what it says about alerts. */
  alerts?: AlertFacts;
  /** Queues that the text names. */
  references: SourceReference[];
  /** What it tells the other files of its package (`Package`); null: nothing. */
  told: FileFacts<Found> | null;
  /** Why the text was not read; null: it was. */
  skipped: string | null;
  /** Line ranges, from 1, in which the text is no correct program: half-typed places there are not seen. */
  broken: { line: number; endLine: number }[];
}

/** What is scanned; all of it unless something is said. */
export interface ScanOptions {
  /** Ids of the rules to run. */
  only?: readonly string[];
  /** Also tests and generated code. */
  everything?: boolean;
  /** What files of the workspace set for the program that the text belongs to. */
  environment?: Environment;
  /** Leave out the queues that the text names: they take as long as its hazards. */
  unnamed?: boolean;
  /** Leave out fixes: each is tried in the text, and with many of them that is most of the time. */
  unfixed?: boolean;
  /** The text is one that is typed. */
  typed?: TypedText;
  /** Where the text stands in the workspace (relative, with `/`), whose other files may declare what it names. */
  among?: { path: string; files: FilesBelow };
}

interface Loaded {
  adapter: LanguageAdapter;
  parser: Parser;
  queries: Queries;
  /** The nodes that facts are read from. */
  walk: Sought;
  others: OpenFiles;
}

/** Finds hazards in source text. One instance serves all languages; nothing is loaded before the first text with a word of a rule in it. */
export class Engine {
  #runtime: Promise<void> | null = null;
  readonly #loaded = new Map<Language, Promise<Loaded>>();

  /** @param load gives `web-tree-sitter.wasm` and the grammars, by file name */
  constructor(private readonly load: LoadBinary) {}

  /**
   * One pass over a text for all rules of its language, or for those that are wanted.
   * @param path how the file is named in the result
   * @throws what `load` throws, or when a grammar does not fit the runtime
   */
  async scanText(
    language: Language | typeof alertFiles,
    whole: string,
    path: string,
    options: ScanOptions = {},
  ): Promise<TextScan> {
    if (language === alertFiles) return scanAlerts(whole, path, options);
    // What is typed is compared with the text of the keystroke before.
    const written = options.typed ? whole : withoutInlineMap(whole);
    const explained = explains.test(written);
    const text = explained ? veiled(written) : written;
    const skipped = reasonToSkip(language, text, path, options);
    const asked = skipped === null ? askedOf(language, { text, explained }, options) : null;
    if (!asked?.anything)
      return { hazards: [], passed: [], suppressions: [], references: [], told: null, skipped, broken: [] };
    const loaded = await this.#languageOf(language);
    const { parser } = loaded;
    const tree = options.typed ? options.typed.parsed(parser, text) : parser.parse(text);
    if (!tree) throw new Error(`${path} could not be parsed`);
    try {
      const scan = scanTree(loaded, tree, asked, { language, text, path, options });
      return text === written ? scan : unveiledIn(scan);
    } finally {
      if (!options.typed) tree.delete();
    }
  }

  /**
   * Reads the tree of a text, which must not outlive the call.
   * @throws what `load` or `read` throws, or when the text could not be parsed
   */
  async read<T>(language: Language, text: string, read: (root: Node) => T): Promise<T> {
    const { parser } = await this.#languageOf(language);
    const tree = parser.parse(text);
    if (!tree) throw new Error('the text could not be parsed');
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  }

  #languageOf(language: Language): Promise<Loaded> {
    const loaded = this.#loaded.get(language) ?? this.#start(languages[language]);
    this.#loaded.set(language, loaded);
    return loaded;
  }

  async #start(adapter: LanguageAdapter): Promise<Loaded> {
    this.#runtime ??= this.load('web-tree-sitter.wasm').then((wasmBinary) => Parser.init({ wasmBinary }));
    await this.#runtime;
    const grammar = await Grammar.load(await this.load(adapter.grammar));
    const parser = new Parser().setLanguage(grammar);
    const others = new OpenFiles((text) => parser.parse(text), adapter);
    const walk = nodesOf(adapter.walked.filter((type) => grammar.types.includes(type)));
    return { adapter, parser, queries: new Queries(grammar), walk, others };
  }
}

/** What is looked for in a text. */
interface Asked {
  rules: readonly Rule[];
  isAsked: (id: string) => boolean;
  /** Are there queues that it may name, things that arrive in it, comments that explain hazards away? */
  names: boolean;
  arrives: boolean;
  explained: boolean;
  anything: boolean;
}

/** Why a text is not read, which is asked before all that its words are; null: it is. */
function reasonToSkip(language: Language, text: string, path: string, { everything }: ScanOptions): string | null {
  if (text.length > longestFile) return 'longer than 2 MB';
  return everything ? null : languages[language].leaveOut(text, path);
}

function askedOf(
  language: Language,
  { text, explained }: Pick<Asked, 'explained'> & { text: string },
  options: ScanOptions,
): Asked {
  takeInHand(text);
  const isAsked = (id: string) => options.only?.includes(id) ?? true;
  // A comment may explain what a rule finds that nobody asks for now: it is not stale.
  const wanted = rules[language].filter(({ id, words }) => (explained || isAsked(id)) && words.test(text));
  const names = options.unnamed !== true && mayNameQueues(language, text, options.typed !== undefined);
  const arrives = options.unnamed !== true && languages[language].arrivals?.test(text) === true;
  return {
    rules: wanted,
    ...{ isAsked, names, arrives, explained },
    anything: wanted.length > 0 || names || explained || arrives,
  };
}

interface Given {
  language: Language;
  text: string;
  path: string;
  options: ScanOptions;
}

function scanTree(loaded: Loaded, tree: Tree, asked: Asked, { language, text, path, options }: Given): TextScan {
  const { parser, adapter, others } = loaded;
  const { walked, places } = search(loaded, tree.rootNode, { text, wanted: asked.rules, typed: options.typed });
  const facts = adapter.factsOf(tree.rootNode, walked);
  const broken = brokenIn(tree.rootNode);
  const judged = judge(places, { facts, adapter, path, text, environment: options.environment ?? new Map() });
  const possible = [...judged.hazards, ...judged.pending.map(({ hazard }) => hazard)];
  const fixable = broken.length === 0 && options.unfixed !== true;
  for (const hazard of possible)
    hazard.fixes = fixable ? hazard.fixes.filter(({ edits }) => staysCorrect(parser, tree, text, edits)) : [];
  const pending = judged.pending.filter(({ hazard: { rule } }) => asked.isAsked(rule));
  const told = options.unnamed ? untold : asked.arrives || pending.length > 0 ? (facts.told?.() ?? null) : null;
  return {
    hazards: judged.hazards.filter(({ rule }) => asked.isAsked(rule)),
    passed: judged.passed.filter(({ rule }) => asked.isAsked(rule)),
    suppressions: asked.explained ? suppressed(tree.rootNode, possible, broken.length > 0) : [],
    references: asked.names ? queuesIn(language, facts, others, path, options) : [],
    ...{ skipped: null, broken },
    told: told && adapter.family !== undefined ? { ...told, family: adapter.family, pending } : null,
  };
}

/** While somebody types, what others are told can wait. */
const untold = { calls: [], classes: [], functions: [] };

/** All that is looked for in a tree; in a text that is typed around its last change. */
function search(
  { adapter, queries, walk }: Loaded,
  root: Node,
  { text, wanted, typed }: { text: string; wanted: readonly Rule[]; typed: TypedText | undefined },
): { walked: Walked; places: RulePlaces } {
  const [nodes, ...found] = typed
    ? typed.placesIn(root, queries, [walk, ...wanted])
    : [root.descendantsOfType([...adapter.walked]), ...queries.placesIn(root, text, wanted)];
  return { walked: new Walked(nodes ?? []), places: wanted.map((rule, i) => [rule, found[i] ?? []]) };
}

/** Queues that a file names, by constants of other files too. */
function queuesIn(
  language: Language,
  facts: SourceFacts,
  others: OpenFiles,
  path: string,
  { environment = new Map(), among }: ScanOptions,
): SourceReference[] {
  const around =
    among &&
    new Neighbourhood(among.files, (text, place) => others.at(place.path, text)?.readerOf(environment, place) ?? null);
  try {
    const reader = facts.readerOf(environment, among && around ? { path: among.path, around } : null);
    return referencesIn(language, reader, path);
  } finally {
    others.trim();
  }
}

function suppressed(root: Node, hazards: Found[], halfTyped: boolean): TextScan['suppressions'] {
  const comments = root.descendantsOfType(commentTypes).map(({ text, startPosition, endPosition }) => ({
    text: unveiled(text),
    line: startPosition.row + 1,
    endLine: endPosition.row + 1,
  }));
  const told = explain(hazards, comments);
  return halfTyped ? told.map((each) => (each.state === 'stale' ? { ...each, state: 'used' } : each)) : told;
}

/** The top-level pieces of a half-typed program that hold an error. */
const brokenIn = (root: Node) =>
  (root.isError ? [root] : root.children.filter((part) => part.hasError)).map((part) => ({
    line: part.startPosition.row + 1,
    endLine: part.endPosition.row + 1,
  }));
