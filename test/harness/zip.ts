import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  /** Bytes, as it is packed. */
  packed: number;
  text: () => string;
}

const directoryEntry = 0x02014b50;
const directoryEnd = 0x06054b50;

/** The files of a zip archive, by its central directory (PKWARE, APPNOTE 4.3.12). */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || archive.readUInt32LE(end) !== directoryEnd) throw new Error('this is no zip archive');
  const entries: ZipEntry[] = [];
  for (let at = archive.readUInt32LE(end + 16); archive.readUInt32LE(at) === directoryEntry;) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [packed, place, method] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 42),
      archive.readUInt16LE(at + 10),
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength!);
    const begin = place + 30 + archive.readUInt16LE(place + 26) + archive.readUInt16LE(place + 28);
    const bytes = archive.subarray(begin, begin + packed);
    entries.push({ name, packed, text: () => (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8') });
    at += 46 + nameLength! + extra! + comment!;
  }
  return entries;
}
