import { commands, Position, Range, Uri, window } from 'vscode';

/**
 * What a lens above a hazard does: puts the cursor on the place and opens its hover, where the reasoning is.
 * @param argument `{ uri, line, character }`, both from 0, as the language server sends it
 */
export async function showHazard(argument: unknown): Promise<void> {
  const { uri, line, character } = (argument ?? {}) as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
  const place = new Position(line, character);
  await window.showTextDocument(Uri.parse(uri, true), { selection: new Range(place, place) });
  await commands.executeCommand('editor.action.showHover');
}
