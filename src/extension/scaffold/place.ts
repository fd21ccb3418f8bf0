import {
  env,
  Position,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type QuickPickItem,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import type { CodeLanguage } from '../../generate/code/kinds';
import type { WrittenCode } from '../../generate/code/render';

/** Where a text goes. */
export type Place = QuickPickItem & { put: () => Promise<void> };

/** What the editor calls the languages that texts are written in. */
export const languageIds: Readonly<Record<CodeLanguage, readonly string[]>> = {
  go: ['go'],
  typescript: ['typescript', 'typescriptreact'],
  python: ['python'],
  java: ['java'],
  rust: ['rust'],
  csharp: ['csharp'],
};

/** The places that a text may go to: the file that is open, a new one beside it, the clipboard. */
export async function placesFor(
  editor: TextEditor | undefined,
  language: CodeLanguage,
  { text, fileName }: WrittenCode,
): Promise<Place[]> {
  const { canJoin, inPackage, inStyle, packageOf, styleOf } = await import('../later');
  const open = editor && languageIds[language].includes(editor.document.languageId) ? editor.document : null;
  const styled = open ? inStyle(text, language, { ...styleOf(open.getText(), language), newline: '\n' }) : text;
  const folder = folderFor(editor?.document);
  // A new file belongs to the package of the one beside it.
  const own = open && packageOf(open.getText(), language);
  const whole = own === null ? styled : inPackage(styled, own, language);
  return [
    ...(open && canJoin(language)
      ? [{ label: `Insert into ${nameOf(open.uri)}`, put: () => insert(open, styled, language) }]
      : []),
    ...(folder ? [await newFile(folder, fileName, whole)] : []),
    { label: 'Copy', put: async () => env.clipboard.writeText(styled) },
  ];
}

/** The imports it lacks with those of the file, the rest at its end: one step to undo. */
async function insert(document: TextDocument, text: string, language: CodeLanguage): Promise<void> {
  const { joined } = await import('../later');
  const source = document.getText();
  const lines = source.replaceAll('\r\n', '\n');
  const edit = new WorkspaceEdit();
  const insertions = joined(lines, text, language);
  for (const { at, text: more } of insertions) {
    const above = lines.slice(0, at).split('\n');
    const place = document.validatePosition(new Position(above.length - 1, above.at(-1)?.length ?? 0));
    edit.insert(document.uri, place, more);
  }
  if (!(await workspace.applyEdit(edit))) throw new Error(`${nameOf(document.uri)} could not be changed`);
  const shown = await window.showTextDocument(document);
  const body = insertions.at(-1)?.text.trimStart().split('\n').length ?? 0;
  const { start } = document.lineAt(Math.max(0, document.lineCount - body)).range;
  shown.selection = new Selection(start, start);
  shown.revealRange(shown.selection, TextEditorRevealType.AtTop);
}

/** A file is never written over: one that is there already is said. */
async function newFile(folder: Uri, fileName: string, text: string): Promise<Place> {
  const uri = Uri.joinPath(folder, fileName);
  const isTaken = await Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
  return {
    label: `New file ${fileName}`,
    description: isTaken ? 'there is one already: another name is needed' : workspace.asRelativePath(folder),
    put: async () => {
      if (isTaken) throw new Error(`${fileName} is there already. Choose another name for the text.`);
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      await window.showTextDocument(uri);
    },
  };
}

function folderFor(document: TextDocument | undefined): Uri | null {
  if (document && !document.isUntitled && workspace.fs.isWritableFileSystem(document.uri.scheme) !== false)
    return Uri.joinPath(document.uri, '..');
  return workspace.workspaceFolders?.[0]?.uri ?? null;
}

const nameOf = (uri: Uri) => uri.path.slice(uri.path.lastIndexOf('/') + 1);
