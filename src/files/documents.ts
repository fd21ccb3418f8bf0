import path from 'node:path';
import { looksLikeAsyncApi } from '../discover/asyncapi/read';
import type { ApiDocument } from '../discover/topology/documents';
import { entriesOf } from './entries';
import type { Ignored } from './ignored';
import { smallText } from './smallText';

/** The AsyncAPI documents below a folder, in the order of their names. What cannot be read is left out. */
export function apiDocuments(root: string, ignored: Ignored, folder = root): ApiDocument[] {
  return entriesOf(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (ignored.leavesOut(file, entry.isDirectory())) return [];
    if (entry.isDirectory()) return apiDocuments(root, ignored, file);
    if (!entry.isFile() || !/\.(ya?ml|json)$/i.test(entry.name)) return [];
    const text = smallText(file);
    return text !== null && looksLikeAsyncApi(text)
      ? [{ path: path.relative(root, file).split(path.sep).join('/'), text }]
      : [];
  });
}
