import { folderOf } from '../../model/filesBelow';

/** A folder that is named relative to the folder of a file; one above the root counts as the root. */
export function below(file: string, folder: string): string {
  const parts: string[] = [];
  for (const part of `${folderOf(file)}/${folder}`.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return parts.join('/');
}
