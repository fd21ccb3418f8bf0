// A test runner of Stryker that loads all tests of a room into its own process and runs them for each change: vitest would load them anew for each.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens, type Injector } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';

interface CollectedTest {
  name: string;
  /** Known once its file was loaded. */
  file?: string;
  run: () => unknown;
}

const collected = ((globalThis as { collectedTests?: CollectedTest[] }).collectedTests ??= []);

class InProcess implements TestRunner {
  readonly #took = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly left: readonly string[],
    private readonly state: InstrumenterContext,
  ) {}

  capabilities = () => ({ reloadEnvironment: false });

  async init(): Promise<void> {
    const files = readdirSync(this.folder, { recursive: true }).map(String).sort();
    for (const file of files.filter((each) => each.endsWith('.test.ts') && !this.left.includes(path.basename(each)))) {
      const fileName = path.resolve(this.folder, file);
      await import(pathToFileURL(fileName).href);
      for (const test of collected) test.file ??= fileName;
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const test of collected) {
      this.state.currentTestId = test.name;
      tests.push(await this.#resultOf(test));
    }
    delete this.state.currentTestId;
    const { mutantCoverage } = this.state;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage ? { mutantCoverage } : {}) };
  }

  async mutantRun({ testFilter, activeMutant, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
    const asked = collected.filter(({ name }) => testFilter?.includes(name) ?? true);
    asked.sort((a, b) => (this.#took.get(a.name) ?? 0) - (this.#took.get(b.name) ?? 0));
    Object.assign(this.state, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const tests: TestResult[] = [];
    for (const test of asked) {
      tests.push(await this.#resultOf(test));
      if (!disableBail && tests.at(-1)?.status === TestStatus.Failed) break;
    }
    delete this.state.activeMutant;
    const endless = determineHitLimitReached(this.state.hitCount, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
  }

  async #resultOf({ name, file, run }: CollectedTest): Promise<TestResult> {
    const begun = performance.now();
    const said = await Promise.resolve()
      .then(run)
      .then(
        () => null,
        (error: unknown) => String(error),
      );
    const timeSpentMs = performance.now() - begun;
    if (!this.#took.has(name)) this.#took.set(name, timeSpentMs);
    const told = { id: name, name, timeSpentMs, ...(file === undefined ? {} : { fileName: file }) };
    return said === null
      ? { ...told, status: TestStatus.Success }
      : { ...told, status: TestStatus.Failed, failureMessage: said };
  }
}

function inProcess(injector: Injector<{ options: StrykerOptions }>): TestRunner {
  const { tests, left } = injector.resolve(commonTokens.options).inProcess as { tests: string; left: string[] };
  const state = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});
  return new InProcess(tests, left, state);
}
inProcess.inject = tokens(commonTokens.injector);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'inProcess', inProcess)];
