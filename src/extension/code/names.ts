import { type Location, type Position, type ReferenceProvider, type RenameProvider, type TextDocument } from 'vscode';
import { plural } from '../../model/format';
import type { PlacedReference } from '../../protocol/references';
import type { CodeIndex } from './codeIndex';
import type { Join } from './join';
import { lensText, worstFirst } from './lensText';
import { locationOf } from './places';

/**
 * A queue's name in a string is a name that programs share: its references are all places with the same queue, and it
 * cannot be renamed in one of them without leaving the others, and what waits in the queue, behind.
 */
export class QueueNames implements ReferenceProvider, RenameProvider {
  constructor(
    private readonly index: CodeIndex,
    private readonly join: Join,
  ) {}

  async provideReferences(document: TextDocument, position: Position): Promise<Location[]> {
    return (await this.#namedAt(document, position)).map(locationOf);
  }

  /** @throws {Error} on a queue's name, saying what a new name would leave behind */
  async prepareRename(document: TextDocument, position: Position): Promise<undefined> {
    const places = await this.#namedAt(document, position);
    const [first] = places;
    if (!first) return undefined;
    const matches = places.map((place) => this.join.match(place));
    const live = new Map(
      matches.flatMap((match) => (match.kind === 'queues' ? match.queues : [])).map((queue) => [queue.id, queue]),
    );
    const [worst] = worstFirst([...live.values()]);
    const here = places.filter(({ file }) => file === document.uri.fsPath).length;
    const elsewhere = places.length - here;
    const left = [
      ...(worst ? [`what waits in it stays there (${lensText(worst)})`] : []),
      ...(elsewhere > 0 ? [`${plural(elsewhere, 'place')} in other files would still use it`] : []),
      'so would programs outside of this workspace',
    ];
    throw new Error(
      `"${first.destination ?? ''}" is a queue’s name: under a new one ${left.join(', ')}. Change the text where you mean to.`,
    );
  }

  provideRenameEdits(): undefined {
    return undefined;
  }

  /** All places with the queue whose name the string under the cursor is. */
  async #namedAt(document: TextDocument, position: Position): Promise<PlacedReference[]> {
    const range = document.getWordRangeAtPosition(position, /"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/);
    const name = range && document.getText(range).slice(1, -1);
    if (name === undefined || name === '') return [];
    const all = await this.index.all();
    const systems = new Set(all.filter(({ destination }) => destination === name).map(({ system }) => system));
    return all.filter(({ destination, system }) => destination === name && systems.has(system));
  }
}
