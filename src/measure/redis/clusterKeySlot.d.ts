declare module 'cluster-key-slot' {
  /** The slot of a key, 0…16383, by its tag in braces where it has one. */
  export default function calculateSlot(key: string | Buffer): number;
}
