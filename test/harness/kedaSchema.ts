import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { absent, run, which, type Need } from './tools';

const module = 'github.com/kedacore/keda/v2@v2.21.0';

/** What KEDA takes. */
export interface KedaSchema {
  /** Judges a ScaledObject by the schema of its resource definition, and no field beside those it names. */
  scaledObject: ValidateFunction;
  /** The metadata that a scaler reads, by the type of its trigger. */
  metadataOf: (type: string) => ReadonlySet<string>;
}

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
}

/** Brings KEDA's own module through Go. @throws {Error} with the reason when everything is required */
export async function kedaSchema(): Promise<Need<KedaSchema>> {
  const go = which('go');
  if (!go) return absent('no go on the path');
  try {
    const { stdout } = await run(go, ['mod', 'download', '-json', module]);
    return { ok: true, value: schemaIn((JSON.parse(stdout) as { Dir: string }).Dir) };
  } catch (error) {
    return absent(`${module} could not be had: ${String(error).split('\n', 2).join(' ')}`);
  }
}

function schemaIn(folder: string): KedaSchema {
  const file = path.join(folder, 'config/crd/bases/keda.sh_scaledobjects.yaml');
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: { schema: { openAPIV3Schema: Schema } }[] };
  };
  const [version] = spec.versions;
  if (!version) throw new Error(`${file} has no version`);
  // strict is of Ajv: Kubernetes adds words of its own to the schema.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  return {
    scaledObject: ajv.compile({ ...closed(version.schema.openAPIV3Schema) }),
    metadataOf: (type) => {
      // The scaler of streams takes its connection from that of lists.
      const files = [type, ...(type.startsWith('redis') ? ['redis'] : [])].map(
        (name) => `${name.replaceAll('-', '_')}_scaler.go`,
      );
      const source = files.map((file) => readFileSync(path.join(folder, 'pkg/scalers', file), 'utf8')).join('\n');
      const tags = [...source.matchAll(/keda:"name=([^,"]+), *order=([^,"]+)/g)];
      return new Set(
        tags.flatMap(([, names = '', order = '']) => [
          ...(order.includes('triggerMetadata') ? names.split(';') : []),
          ...(order.includes('resolvedEnv') ? names.split(';').map((name) => `${name}FromEnv`) : []),
        ]),
      );
    },
  };
}

/** As `kubectl --validate=strict` takes it: a server drops fields that it does not know without a word. */
function closed(schema: Schema): Schema {
  const { properties, items } = schema;
  // Metadata is Kubernetes' own, of which the definition says no more than that it is an object.
  const own = Object.entries(properties ?? {}).map(([name, one]): [string, Schema] => [name, closed(one)]);
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(own),
      additionalProperties: schema.additionalProperties ?? false,
    }),
    ...(items && { items: closed(items) }),
  };
}
