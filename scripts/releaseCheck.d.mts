/** Bytes that the package may have. */
export const largestPackage: number;

/** Why a tree is not ready to be published; empty: it is. */
export function refusals(tree: { version: string; changelog: string; status: string }): string[];
