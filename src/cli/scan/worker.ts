import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Configuration } from '../../discover/configuration/configuration';
import type { ConfiguredSetting } from '../../discover/configuration/setting';
import type { FileFacts } from '../../hazards/across/facts';
import type { Found, ScanOptions, TextScan } from '../../hazards/engine';
import { filesOnceAt } from '../../files/otherFiles';
import { reasonOf } from '../../files/walk';
import { told } from '../../hazards/fixes/edits';
import { readBy } from '../../hazards/languages/named';
import { hazard, type Hazard, type Scan } from '../../model/scan';
import { builtEngine } from './builtEngine';

/** What a worker is given at its start. */
export interface WorkerData {
  root: string;
  options: Omit<ScanOptions, 'environment'>;
}

/** What a worker is told: first what files below the root set, then the absolute paths of files to scan, again and again. */
export type Order = { settings: readonly ConfiguredSetting[] } | { files: readonly string[] };

/** What a worker found in one file. */
export interface FileScan {
  /** Absolute. */
  file: string;
  bytes: number;
  hazards: Hazard[];
  passed: TextScan['passed'];
  suppressions: Scan['suppressions'];
  references: TextScan['references'];
  /** What it tells the other files. */
  told: FileFacts<Hazard> | null;
  alerts?: TextScan['alerts'];
  skipped: string | null;
}

const { root, options } = workerData as WorkerData;
let configuration = new Configuration([]);
const engine = builtEngine();
const files = filesOnceAt(root);

/** What was found in the files goes out in their order. */
parentPort?.on('message', (order: Order) => {
  if ('settings' in order) configuration = new Configuration(order.settings);
  else void inTurn(order.files).then((scans) => parentPort?.postMessage(scans));
});

/** One after the other, so that one text is held at a time. A thread of its own may wait for the disk. */
async function inTurn(files: readonly string[]): Promise<FileScan[]> {
  const scans: FileScan[] = [];
  for (const file of files) scans.push(await scanned(file));
  return scans;
}

async function scanned(file: string): Promise<FileScan> {
  const language = readBy(file);
  const relative = path.relative(root, file).split(path.sep).join('/');
  const nothing = { file, told: null, bytes: 0, hazards: [], passed: [], suppressions: [], references: [] };
  try {
    const source = readFileSync(file);
    if (language === null) return { ...nothing, skipped: 'no language that is read' };
    const text = source.toString();
    const {
      hazards,
      suppressions,
      told: facts,
      ...rest
    } = await engine.scanText(language, text, relative, {
      ...options,
      environment: configuration.of(relative),
      among: { path: relative, files },
    });
    return {
      ...{ file, bytes: source.length, ...rest },
      told: facts && {
        ...facts,
        pending: facts.pending.map((each) => ({ ...each, hazard: asTold(each.hazard, text) })),
      },
      hazards: hazards.map((found) => asTold(found, text)),
      suppressions: suppressions.map((each) => ({ path: relative, ...each })),
    };
  } catch (error) {
    return { ...nothing, skipped: reasonOf(error) };
  }
}

const asTold = (found: Found, text: string): Hazard =>
  hazard.parse({ ...found, fixes: found.fixes.map((fix) => told(fix, text)) });
