/** Of each folder of src, what it may import of ours. */
export const rooms: Record<string, readonly string[] | undefined>;
