import { FloodError } from '../inflow';

/** Members that the answers to one batch may announce: what reads them makes room for all of them beforehand. */
const mostMembers = 4_000_000;
const lineFeed = 10;
/** A line that announces something is no longer. */
const longestHeader = 32;

/**
 * Reads of RESP (redis.io, protocol specification) only what it announces: a list that names more members than any
 * server has would take the memory before the first of them came.
 */
export class Announced {
  private members = 0;
  private skip = 0;
  private header = '';

  /** The next bytes of the connection; they may be cut anywhere. @throws {FloodError} */
  read(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      const skipped = Math.min(this.skip, piece.length - at);
      this.skip -= skipped;
      at += skipped;
      if (at === piece.length) return;
      const end = piece.indexOf(lineFeed, at);
      if (this.header.length < longestHeader)
        this.header += piece.toString('latin1', at, Math.min(end < 0 ? piece.length : end, at + longestHeader));
      if (end < 0) return;
      this.take(this.header);
      this.header = '';
      at = end + 1;
    }
  }

  /** Something new was asked. */
  begin(): void {
    this.members = 0;
  }

  private take(header: string): void {
    const length = Number.parseInt(header.slice(1), 10);
    if (!(length >= 0)) return;
    if ('$=!'.includes(header.charAt(0))) this.skip = length + '\r\n'.length;
    else if ('*~>%'.includes(header.charAt(0))) this.members += length;
    if (this.members > mostMembers) throw new FloodError('the answer announces more than is read of a list');
  }
}
