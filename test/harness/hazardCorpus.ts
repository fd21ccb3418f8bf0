import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { seededRandom } from '../../src/measure/demo/random';
import { projectRoot } from './tools';

const place = z.object({
  /** From the root of the package's source. */
  file: z.string(),
  /** From 1. */
  line: z.number().int().positive(),
  /** How that line begins, so that a place cannot slip. */
  text: z.string().min(3),
  /** What a scanner could report there. */
  rule: z.string().regex(/^(go|js|py|java|rust|csharp)\/[a-z-]+$/),
  /** Read by hand: is it one? */
  hazard: z.boolean(),
  reason: z.string().min(8),
  /** Judged only because a rule reported it: says how many reports are right, not how many hazards are found. */
  reported: z.literal(true).optional(),
});

const labelled = z.strictObject({
  registry: z.enum(['go', 'npm', 'pypi', 'maven', 'crates']),
  name: z.string(),
  version: z.string(),
  places: z.array(place).min(1),
});

/** Rules may be mended against `develop`; on `held-out` they are only measured. Chosen before anything was measured. */
export const halves = ['develop', 'held-out'] as const;

/** A public package with places that were judged by reading its code. */
export type LabelledPackage = z.infer<typeof labelled> & { half: (typeof halves)[number] };
export type LabelledPlace = z.infer<typeof place>;

const folder = path.join(projectRoot, 'test/corpus/hazards');

/**
 * The labelled packages of a language, as its files in the folders of the two halves have them. Whoever makes rules has
 * no business in `held-out`.
 * @throws {z.ZodError} for a file that is not as described
 */
export const corpusOf = (language: string): LabelledPackage[] =>
  halves.flatMap((half) => {
    const text = readFileSync(path.join(folder, half, `${language}.yaml`), 'utf8');
    return z
      .array(labelled)
      .parse(parse(text))
      .map((each) => ({ ...each, half }));
  });

/** The languages that have labels. */
export const corpusLanguages = (): string[] =>
  readdirSync(path.join(folder, 'develop'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.basename(name, '.yaml'));

/**
 * That the places are where their labels say.
 * @param source the folder of the package
 * @returns those that are not, in words; empty: all are
 */
export function slipped({ places }: Pick<SecondReading, 'places'>, source: string): string[] {
  const texts = new Map(places.map(({ file }) => [file, readFileSync(path.join(source, file), 'utf8').split('\n')]));
  return places.flatMap(({ file, line, text }) => {
    const found = texts.get(file)?.[line - 1]?.trim() ?? '';
    return found.startsWith(text) ? [] : [`${file}:${line} is not \`${text}\` but \`${found}\``];
  });
}

const drawing = z.strictObject({
  seed: z.number().int(),
  drawn: z.number().int(),
  packages: z.array(labelled.pick({ registry: true, name: true, version: true })),
  judged: z.array(place.extend({ package: z.string() })),
});

/** Packages drawn at random from a written list, and how what is reported in them was judged. */
export function randomPackages(): z.infer<typeof drawing> {
  const all = drawing.parse(parse(readFileSync(path.join(folder, '../random.yaml'), 'utf8')));
  return { ...all, packages: inRandomOrder(all.packages, all.seed).slice(0, all.drawn) };
}

const reread = labelled.extend({
  /** What was read, whole. */
  files: z.array(z.string()).min(1),
  places: z.array(place.pick({ file: true, line: true, rule: true, reason: true }).extend({ text: z.string() })),
});

/** What a second reader, who knew no label, wrote down as hazards in files of labelled packages. */
export type SecondReading = z.infer<typeof reread>;

/** @throws {z.ZodError} for a file that is not as described */
export const secondReadings = (): SecondReading[] =>
  z.array(reread).parse(parse(readFileSync(path.join(folder, '../secondReader.yaml'), 'utf8')));

/** Packages that were added because something in them can be fixed: nothing in them is judged. */
export const moreForFixes = () =>
  z
    .array(labelled.pick({ registry: true, name: true, version: true }))
    .parse(parse(readFileSync(path.join(folder, '../fixed.yaml'), 'utf8')));

/** The same order for the same seed. */
export function inRandomOrder<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const keyed = values.map((value) => ({ value, key: random.uniform() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}
