import { commands, env, Uri, window, workspace } from 'vscode';

/** What can be saved, with the name of its files for people. */
const kinds = { csv: 'CSV', png: 'PNG', svg: 'SVG', md: 'Markdown', html: 'HTML', json: 'JSON' };
export type ExportKind = keyof typeof kinds;

/**
 * Asks where to, and writes. A file that was written can be opened from the message about it.
 * @param name of the file without its ending
 * @param content text, or bytes
 * @returns where it is now; null when the user thought better of it
 */
export async function saveAs(name: string, kind: ExportKind, content: string | Uint8Array): Promise<Uri | null> {
  const file = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${kind}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, file) }),
    filters: { [kinds[kind]]: [kind] },
    title: `Export ${kinds[kind]}`,
  });
  if (!target) return null;
  await workspace.fs.writeFile(target, typeof content === 'string' ? Buffer.from(content) : content);
  void window.showInformationMessage(`Saved ${workspace.asRelativePath(target)}.`, 'Open').then(async (choice) => {
    if (choice === undefined) return;
    if (kind === 'html') await env.openExternal(target);
    // In whatever editor is for it: a picture is no text.
    else await commands.executeCommand('vscode.open', target);
  });
  return target;
}

/** Puts a text on the clipboard and says so for a moment. */
export async function copyText(text: string, done: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(done, 3000);
}
