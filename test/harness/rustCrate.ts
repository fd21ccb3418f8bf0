import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder } from './generated';
import { absent, projectRoot, run, toolsFolder, which, type Need } from './tools';

/** Real crates, compiled once; rdkafka alone is the part of it that examples use, because librdkafka takes half a minute. */
const manifest = `[package]
name = "checked"
version = "0.1.0"
edition = "2021"

[dependencies]
async-channel = "=2.5.0"
crossbeam-channel = "=0.5.17"
flume = "=0.11.1"
futures = "=0.3.34"
lapin = { version = "=2.5.5", default-features = false }
rdkafka = { path = "rdkafka" }
tokio = { version = "=1.54.1", features = ["rt-multi-thread", "sync", "macros", "time", "net"] }
`;
const rdkafka = `[package]
name = "rdkafka"
version = "0.1.0"
edition = "2021"

[dependencies]
futures = "=0.3.34"
`;

/** @returns what the compiler says is wrong in Rust texts, which are told by name: modules of one crate */
export function rustCompiler(): Need<(name: string, texts: Readonly<Record<string, string>>) => Promise<string[]>> {
  if (!which('cargo')) return absent('no cargo on the path');
  return { ok: true, value: errorsIn };
}

async function errorsIn(name: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const names = Object.keys(texts);
  const cwd = codeFolder(name, {
    'Cargo.toml': manifest,
    'rdkafka/Cargo.toml': rdkafka,
    'rdkafka/src/lib.rs': readFileSync(path.join(projectRoot, 'test/code/drivers/rust/rdkafka.rs'), 'utf8'),
    'src/lib.rs': `#![allow(warnings)]\n${names.map((_, index) => `mod m${index};\n`).join('')}`,
    ...Object.fromEntries(Object.values(texts).map((text, index) => [`src/m${index}.rs`, text])),
  });
  const args = ['check', '--quiet', '--message-format=short', '--target-dir', path.join(toolsFolder, 'rust-target')];
  const said = await run('cargo', args, { cwd }).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return said
    .split('\n')
    .filter((line) => line.includes(': error'))
    .map((line) => line.replace(/^src\/m(\d+)\.rs/, (_, index: string) => names[Number(index)] ?? ''));
}
