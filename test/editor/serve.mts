// Serves VS Code with the development extension until it is stopped. An argument is the folder to open.
import path from 'node:path';
import { codeServer } from '../harness/codeServer';
import { Editor } from '../harness/editorHost';
import { projectRoot } from '../harness/tools';

const folder = path.resolve(process.argv[2] ?? path.join(projectRoot, 'test/editor/workspace'));
console.error('Getting VS Code ready (the first time it is installed, about a minute) …');
const host = await codeServer();
if (!host.ok) {
  console.error(host.reason);
  process.exit(1);
}
const editor = await Editor.start({ served: host.value, browser: null, workspace: folder });
console.log(
  `VS Code with Backpressure Analyzer:\n\n  ${editor.address()}\n\nThe icon is in the activity bar; begin with Start Demo. Ctrl-C ends it.`,
);
