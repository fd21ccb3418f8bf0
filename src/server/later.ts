/**
 * What reads documents, in a bundle of its own (esbuild.mjs), so that a server with none holds little memory. It is loaded
 * by `import('./later')` for the first document that a rule reads, or the first question about the workspace.
 */
export { Answers } from './answers';
