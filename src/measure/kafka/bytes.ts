/** The engine itself reads and writes the numbers of a view; JavaScript puts those of a Buffer together byte by byte. */
const numbersOf = ({ buffer, byteOffset, length }: Buffer) => new DataView(buffer, byteOffset, length);

/**
 * The primitive types of Kafka's protocol (KIP-482 for the compact ones and tagged fields). kafkajs' own decoder skips
 * one byte too few when an answer carries a tagged field, so flexible answers need a reader of our own.
 */
export class Reader {
  private offset = 0;
  private readonly numbers: DataView;

  constructor(private readonly source: Buffer) {
    this.numbers = numbersOf(source);
  }

  int8(): number {
    return this.numbers.getInt8(this.advance(1));
  }

  int16(): number {
    return this.numbers.getInt16(this.advance(2));
  }

  int32(): number {
    return this.numbers.getInt32(this.advance(4));
  }

  /** Exact up to 2^53, which no offset reaches. */
  int64(): number {
    const from = this.advance(8);
    return this.numbers.getInt32(from) * 2 ** 32 + this.numbers.getUint32(from + 4);
  }

  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.numbers.getUint8(this.advance(1));
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** A null string reads as ''. */
  string(): string {
    return this.text(this.int16());
  }

  compactString(): string {
    return this.text(this.unsignedVarint() - 1);
  }

  /** In base64, as Kafka's own tools show it. */
  uuid(): string {
    return this.bytes(16).toString('base64url');
  }

  /** Null bytes read as empty ones. */
  bytes(length = this.int32()): Buffer {
    const from = this.advance(Math.max(0, length));
    return this.source.subarray(from, this.offset);
  }

  /** A null array reads as an empty one. */
  array<T>(item: () => T, length = this.int32()): T[] {
    const items: T[] = [];
    for (let i = 0; i < length; i++) items.push(item());
    return items;
  }

  /** Reads an array without making one. */
  each(item: (place: number) => void): void {
    const length = this.int32();
    for (let place = 0; place < length; place++) item(place);
  }

  compactArray<T>(item: () => T): T[] {
    return this.array(item, this.unsignedVarint() - 1);
  }

  /** Skips the tagged fields that end every structure of a flexible answer, and hands the structure on. */
  tagged<T>(structure: T): T {
    for (let left = this.unsignedVarint(); left > 0; left--) {
      this.unsignedVarint();
      this.advance(this.unsignedVarint());
    }
    return structure;
  }

  skip(bytes: number): void {
    this.advance(bytes);
  }

  /** Not by way of `bytes`: an answer may have ten thousand strings, and a Buffer each would cost more than they do. */
  private text(length: number): string {
    if (length <= 0) return '';
    const from = this.advance(length);
    return this.source.toString('utf8', from, this.offset);
  }

  /** @throws {RangeError} when the answer is shorter than its layout */
  private advance(bytes: number): number {
    const from = this.offset;
    if (from + bytes > this.source.length) throw new RangeError('the answer ends in the middle of a field');
    this.offset = from + bytes;
    return from;
  }
}

/** Writes one request. `buf` and `buffer` are what kafkajs asks of an encoder. */
export class Writer {
  buf = Buffer.allocUnsafe(1024);
  private numbers = numbersOf(this.buf);
  private length = 0;

  get buffer(): Buffer {
    return this.buf.subarray(0, this.length);
  }

  int8(value: number): this {
    const at = this.reserve(1);
    this.buf.writeInt8(value, at);
    return this;
  }

  int16(value: number): this {
    const at = this.reserve(2);
    this.buf.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.reserve(4);
    this.numbers.setInt32(at, value);
    return this;
  }

  /** Exact up to 2^53. Not by way of a BigInt: a sweep writes one for each partition. */
  int64(value: number): this {
    const at = this.reserve(8);
    const high = Math.floor(value / 2 ** 32);
    this.numbers.setInt32(at, high);
    this.numbers.setUint32(at + 4, value - high * 2 ** 32);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  unsignedVarint(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    return this.byte(rest);
  }

  string(value: string): this {
    this.int16(Buffer.byteLength(value));
    return this.text(value);
  }

  compactString(value: string): this {
    this.unsignedVarint(Buffer.byteLength(value) + 1);
    return this.text(value);
  }

  /** The id of nothing: what is meant is told by its name. */
  noUuid(): this {
    return this.int64(0).int64(0);
  }

  /** Null asks for everything where the protocol says so. */
  array<T>(items: readonly T[] | null, item: (value: T) => void): this {
    this.int32(items?.length ?? -1);
    items?.forEach(item);
    return this;
  }

  compactArray<T>(items: readonly T[] | null, item: (value: T) => void): this {
    this.unsignedVarint(items ? items.length + 1 : 0);
    items?.forEach(item);
    return this;
  }

  /** No tagged fields: ends a structure of a flexible request, and its header. */
  untagged(): this {
    return this.unsignedVarint(0);
  }

  private byte(value: number): this {
    const at = this.reserve(1);
    this.buf.writeUInt8(value, at);
    return this;
  }

  private text(value: string): this {
    const from = this.reserve(Buffer.byteLength(value));
    this.buf.write(value, from);
    return this;
  }

  /** Makes room; `buf` may be another one afterwards. @returns where to write */
  private reserve(bytes: number): number {
    const from = this.length;
    this.length += bytes;
    if (this.length > this.buf.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.length, this.buf.length * 2));
      this.buf.copy(larger, 0, 0, from);
      this.buf = larger;
      this.numbers = numbersOf(larger);
    }
    return from;
  }
}
