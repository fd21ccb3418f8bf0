import * as z from 'zod';

const version = 1;

/** The version of the form of a file that people write. One that names none is of the first; a newer one is refused, with what to do. */
export const fileVersion = z
  .literal(version, {
    error: ({ input }) =>
      `this file is of version ${JSON.stringify(input)}; version ${version} is read here: a newer Backpressure Analyzer reads later ones`,
  })
  .optional();
