import type { SourceReference } from '../../model/scan';
import { readAsyncApi } from '../asyncapi/read';
import type { DerivedStage, DerivedTopology, Process } from './derive';

/** An AsyncAPI document of the workspace; its path relative to the root, with `/`. */
export interface ApiDocument {
  path: string;
  text: string;
}

/** Is this place in a document, and not in source? */
export const isDocument = (path: string): boolean => /\.(ya?ml|json)$/i.test(path);

/**
 * References of AsyncAPI documents among those of source. A document belongs to the one program whose files lie in its
 * folder or below; any other is a program of its own, called by its title.
 */
export function withDocuments(
  references: readonly SourceReference[],
  processes: readonly Process[],
  documents: readonly ApiDocument[],
): { references: SourceReference[]; processes: Process[]; unread: DerivedTopology['unresolved'] } {
  const all = new Map(processes.map(({ name, files }) => [name, [...files]]));
  const more: SourceReference[] = [];
  const unread: DerivedTopology['unresolved'] = [];
  for (const { path, text } of documents) {
    const { title, references: told, problem } = readAsyncApi(path, text);
    if (problem !== null) unread.push({ path, line: 1, text: `it is not read: ${problem}` });
    if (told.length === 0) continue;
    const name = ownerOf(path, processes) ?? (slug(title) || stem(path));
    all.set(name, [...(all.get(name) ?? []), path]);
    more.push(...told);
  }
  return {
    references: [...references, ...more],
    processes: [...all].map(([name, files]) => ({ name, files })),
    unread,
  };
}

/** What documents and code of one stage say differently: neither is taken for the truth. */
export function conflictsIn({ name, consumes, produces }: DerivedStage): DerivedTopology['conflicts'] {
  const all = [...consumes, ...produces];
  const places = all.flatMap(({ origins }) => origins);
  const documents = new Set(places.map(pathOf).filter(isDocument));
  if (documents.size === 0 || places.every((place) => isDocument(pathOf(place)))) return [];
  const [document = ''] = documents;
  return all.flatMap(({ destination, group, origins }) => {
    const queue = group === null ? destination : `${destination} · ${group}`;
    const inDocuments = origins.filter((place) => isDocument(pathOf(place)));
    if (inDocuments.length === origins.length) return [`${queue}: ${origins[0] ?? ''} has it, the code of ${name} not`];
    return inDocuments.length === 0 ? [`${queue}: ${origins[0] ?? ''} has it, ${document} not`] : [];
  });
}

const pathOf = (origin: string) => origin.replace(/:\d+ \([^()]*\)$/, '');

function ownerOf(path: string, processes: readonly Process[]): string | null {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder === '') return null;
  const owners = processes.filter(({ files }) => files.some((file) => file.startsWith(folder)));
  return owners.length === 1 ? (owners[0]?.name ?? null) : null;
}

const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
const stem = (path: string) => (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '');
