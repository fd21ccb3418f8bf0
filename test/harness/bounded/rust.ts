import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated } from '../generated';
import { absent, projectRoot, run, toolsFolder, which, type Need } from '../tools';
import { boundedKinds, boundedNames, said, type Bounded } from './bounded';

const cargoToml = `[package]
name = "bounds"
version = "0.1.0"
edition = "2021"

[dependencies]
tokio = { version = "=1.54.1", features = ["rt-multi-thread", "sync", "macros", "time"] }
`;
/** Kept between runs, so that tokio is compiled once. */
const target = path.join(toolsFolder, 'rust-target');
const quiet = ['--quiet', '--target-dir', target];

/** Both texts beside their driver, on a tokio that is compiled once. */
export async function boundedRust(): Promise<Need<Bounded>> {
  if (!which('cargo')) return absent('no cargo on the path');
  const texts = boundedKinds.map((kind) => generated(kind, 'rust', { name: boundedNames[kind] }));
  const cwd = codeFolder('bounded-rust', {
    'Cargo.toml': cargoToml,
    'src/lib.rs': texts.map(({ fileName }) => `pub mod ${fileName.replace('.rs', '')};\n`).join(''),
    'src/main.rs': readFileSync(path.join(projectRoot, 'test/code/drivers/rust/main.rs'), 'utf8'),
    ...Object.fromEntries(texts.map(({ fileName, text }) => [`src/${fileName}`, text])),
  });
  await run('cargo', ['build', ...quiet, '--bin', 'bounds'], { cwd });
  const strict = ['-D', 'warnings', '-W', 'clippy::pedantic'];
  return {
    ok: true,
    value: {
      check: () => said('cargo', ['clippy', ...quiet, '--lib', '--', ...strict], cwd),
      driver: () => ({ command: path.join(target, 'debug/bounds'), args: [] }),
    },
  };
}
