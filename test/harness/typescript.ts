import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from './tools';

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  typeRoots: [path.join(projectRoot, 'node_modules/@types')],
};

const told = ({ messageText }: ts.Diagnostic) => ts.flattenDiagnosticMessageText(messageText, '\n');

/** What the compiler says about the files under strict, with the types of Node and of the packages that are installed. */
export const typeErrorsIn = (files: readonly string[]): string[] =>
  ts.getPreEmitDiagnostics(ts.createProgram([...files], options)).map(told);

/** What the compiler says about one file of TypeScript or JavaScript, but not about those that it imports. */
export const typeErrorsOf = (file: string): string[] =>
  // Nobody can write down a type in JavaScript: that one is missing is no mistake there.
  typeErrorsOfEach([file], /\.[cm]?jsx?$/.test(file) ? { noImplicitAny: false } : {})[0] ?? [];

/** What the compiler says about each of the files, which are modules. */
export function typeErrorsOfEach(files: readonly string[], more: ts.CompilerOptions = {}): string[][] {
  const loose = { allowJs: true, checkJs: true, esModuleInterop: true, experimentalDecorators: true, ...more };
  const program = ts.createProgram(files, { ...options, ...loose, moduleDetection: ts.ModuleDetectionKind.Force });
  return files.map((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(told);
  });
}
