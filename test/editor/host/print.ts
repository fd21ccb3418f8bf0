import { format } from 'node:util';
import { commands } from 'vscode';

/** One line of the tests, marked so that the runner tells it from the workbench's own (editorHost.ts). */
export function print(...values: unknown[]): void {
  for (const line of format(...values).split('\n')) console.log(`::t ${line}`);
}

/** Presses a button of the message that begins with a text, as a person does: the runner holds the browser. */
export async function press(text: string, button: string): Promise<void> {
  await commands.executeCommand('notifications.showList');
  print(`::press ${JSON.stringify({ text, button })}`);
}
