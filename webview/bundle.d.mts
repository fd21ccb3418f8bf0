import type { BuildOptions } from 'esbuild';

/** @param minify true for the package: without a source map */
export function pageTarget(minify: boolean): BuildOptions;
