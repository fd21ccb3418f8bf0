import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from './tools';

/** What the compiler says about the files under strict, with the types of Node and of the packages that are installed. */
export const typeErrorsIn = (files: readonly string[]): string[] =>
  ts
    .getPreEmitDiagnostics(
      ts.createProgram([...files], {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        types: ['node'],
        typeRoots: [path.join(projectRoot, 'node_modules/@types')],
      }),
    )
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
