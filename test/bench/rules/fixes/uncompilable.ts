/** Nothing of the package can be compiled here. */
export class Uncompilable extends Error {}
