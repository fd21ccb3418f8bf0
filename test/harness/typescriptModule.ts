import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import ts from 'typescript';
import { codeFolder, generated } from './generated';
import { projectRoot } from './tools';

const options = {
  ...{ target: 'es2022', lib: ['es2023'], module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] },
  ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitReturns: true },
  ...{ noUnusedLocals: true, noUnusedParameters: true, noImplicitOverride: true, verbatimModuleSyntax: true },
  typeRoots: [path.join(projectRoot, 'node_modules/@types')],
};

/** A generated text in a project of its own. @returns the file */
function project(kind: string): string {
  const { fileName, text } = generated(kind, 'typescript');
  const files = {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: options }),
  };
  return path.join(codeFolder(`typescript-${kind}`, { ...files, [fileName]: text }), fileName);
}

/**
 * The module that the compiler makes of a generated text.
 * @throws {Error} with what the compiler says against it
 */
export async function typescriptModule<Module>(kind: string): Promise<Module> {
  const file = project(kind);
  const { options: parsed } = ts.convertCompilerOptionsFromJson(options, path.dirname(file));
  const program = ts.createProgram([file], parsed);
  const wrong = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (wrong.length > 0) {
    throw new Error(
      ts.formatDiagnostics(wrong, {
        getCanonicalFileName: String,
        getCurrentDirectory: () => '',
        getNewLine: () => '\n',
      }),
    );
  }
  return (await import(pathToFileURL(file.replace(/\.ts$/, '.js')).href)) as Module;
}

/** What ESLint says against a generated text under typescript-eslint's strict and stylistic rules, a line each. */
export async function typescriptProblems(kind: string): Promise<string[]> {
  const file = project(kind);
  const eslint = new ESLint({
    ...{ cwd: path.dirname(file), overrideConfigFile: true },
    baseConfig: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      { languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: path.dirname(file) } } },
      // As this project has it: a figure in a template, and a callback that only calls.
      {
        rules: {
          '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
          '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        },
      },
    ] as ESLint.Options['baseConfig'],
  });
  const [result] = await eslint.lintText(readFileSync(file, 'utf8'), { filePath: file });
  return (result?.messages ?? []).map(({ line, ruleId, message }) => `${line}: ${ruleId ?? ''} ${message}`);
}
