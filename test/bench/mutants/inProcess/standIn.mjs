// What the tests of a room need of vitest, so that a process loads them once and runs them for every change.
import * as chai from 'chai';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
globalThis[GLOBAL_EXPECT] = expect;
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

/** Names, and functions to run; read by runner.mts. */
const tests = (globalThis.collectedTests ??= []);
const around = [];

export function describe(name, body) {
  around.push(name);
  body();
  around.pop();
}

export function it(name, run) {
  const title = [...around, name].join(' ');
  // The same sentence may be said of several rows.
  const same = tests.filter((each) => each.title === title).length;
  tests.push({ title, name: same === 0 ? title : `${title} (${same + 1})`, run });
}

it.each = (rows) => (name, run) => {
  for (const row of rows) it(told(name, row), () => (Array.isArray(row) ? run(...row) : run(row)));
};

const told = (name, row) =>
  Array.isArray(row) || typeof row !== 'object'
    ? name.replace('%s', String([row].flat()[0]))
    : name.replace(/\$(\w+)/g, (_, key) => String(row[key]));

export const vi = { setConfig: () => undefined };
/** What is left behind is forgotten with the process. */
export const afterEach = () => undefined;
