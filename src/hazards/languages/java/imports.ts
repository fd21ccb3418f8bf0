import { importsTo, namingIn } from '../../words';

/** Imports of a Java file, and what stands above them. */
export const importsOf = importsTo(';');

export const imports = namingIn(importsOf);
