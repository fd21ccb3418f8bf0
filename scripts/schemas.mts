import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { pipelineFile } from '../src/model/pipelineSchema';
import { report } from '../src/model/report';
import { ruleSettings } from '../src/model/ruleSettings';
import { scan } from '../src/model/scan';
import { sweep } from '../src/model/sweep';

const of = (schema: z.ZodType, title: string, io: 'input' | 'output') => {
  const made = z.toJSONSchema(schema, { io, target: 'draft-7' });
  return `${JSON.stringify({ ...made, title }, null, 2)}\n`;
};

/** The JSON Schema files by name: of what people write the accepted input, of what we print the output. */
export const schemaFiles: Record<string, string> = {
  'pipeline.schema.json': of(pipelineFile, 'backpressure.yaml', 'input'),
  'sweep.schema.json': of(sweep, 'backpressure queues --format json', 'output'),
  'backpressurerc.schema.json': of(ruleSettings, '.backpressurerc', 'input'),
  'scan.schema.json': of(scan, 'backpressure scan --format json', 'output'),
  'report.schema.json': of(report, 'backpressure analyze --format json', 'output'),
};

if (process.argv[1] === import.meta.filename) {
  const folder = path.resolve(import.meta.dirname, '../media/schemas');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles)) await writeFile(path.join(folder, name), text);
}
