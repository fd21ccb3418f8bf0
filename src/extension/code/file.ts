import { Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import { pipelineFileName, type PipelineFile } from '../pipelineFile';

/** The pipeline file of the workspace, there or not; null: no folder is open. */
export function pipelineUri({ loaded }: PipelineFile): Uri | null {
  const [folder] = workspace.workspaceFolders ?? [];
  return loaded?.uri ?? (folder ? Uri.joinPath(folder.uri, pipelineFileName) : null);
}

/** What a file says, as it is typed where it is open; null: it is not there. */
export async function fileText(uri: Uri): Promise<string | null> {
  const isThere = await Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
  return isThere ? (await workspace.openTextDocument(uri)).getText() : null;
}

/**
 * Makes a file say something else and saves it; what it said before can be brought back by Undo.
 * @throws {Error} when the editor refuses
 */
export async function changeFile(uri: Uri, text: string): Promise<void> {
  const before = await fileText(uri);
  if (before === null) {
    const create = new WorkspaceEdit();
    create.createFile(uri, { ignoreIfExists: false, contents: new TextEncoder().encode(text) });
    if (!(await workspace.applyEdit(create))) throw new Error(`${uri.fsPath} could not be written.`);
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(0, 0, document.lineCount, 0), text);
  if (!(await workspace.applyEdit(edit)) || !(await document.save()))
    throw new Error(`${uri.fsPath} could not be saved.`);
}
