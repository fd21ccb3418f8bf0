// `npm start`: sets up what is missing and prints the report of the built-in demo. Arguments go to the program instead.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const given = process.argv.slice(2);
const args = given.length > 0 ? given : ['analyze', '--broker', 'demo:'];
const { status } = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { stdio: 'inherit' });
if (given.length === 0) {
  console.error(
    '\nThat was the demo. Your own: node dist/cli.js analyze --broker kafka://host:9092 (or amqp://, redis://), or `npm run editor`.',
  );
}
process.exitCode = status ?? 1;
