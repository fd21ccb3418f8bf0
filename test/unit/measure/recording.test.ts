import fc from 'fast-check';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoSweeps } from '../../../src/measure/demo/index';
import { openRecording, readRecording, recordingLine } from '../../../src/measure/recording';
import { queueFigures, sweep as sweepSchema, type Sweep } from '../../../src/model/sweep';
import { brokerRow, queueRow } from './rows';

const start = Date.UTC(2026, 0, 1);
const demo = demoSweeps('', start, 60, 10);
const lines = demo.map(recordingLine);

const sweepOf = (sweeps: readonly Sweep[], index: number) => {
  const sweep = sweeps[index];
  if (!sweep) throw new Error(`there is no sweep ${index}`);
  return sweep;
};

/** JSON has no negative zero. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
const text = fc.string({ unit: 'binary', maxLength: 12 });
const reason = fc.record({ kind: fc.constantFrom('none', 'unknown'), reason: text });
const queue = fc
  .record({
    id: text,
    figures: fc.dictionary(fc.constantFrom(...queueFigures), fc.option(number)),
    partitions: fc.option(
      fc.array(
        fc.record({
          partition: fc.nat(),
          ...{ start: fc.option(number), end: fc.option(number), committed: fc.option(number) },
          ...{ backlog: fc.option(number), consumer: fc.option(text) },
        }),
        { maxLength: 3 },
      ),
    ),
    missing: fc.dictionary(fc.constantFrom(...queueFigures), reason),
    brokerState: fc.option(text),
  })
  .map(({ id, figures, ...rest }) => queueRow(id, { ...figures, ...rest }));
const step = fc.record({
  step: text,
  pipeline: fc.option(text),
  ...{ sendCount: fc.option(number), receiveCount: fc.option(number) },
  ...{ sendSeconds: fc.option(number), receiveSeconds: fc.option(number) },
  sendBuckets: fc.option(fc.array(fc.tuple(number, number), { maxLength: 3 })),
  receiveBuckets: fc.constant(null),
  missing: fc.constant({}),
});
const anySweeps: fc.Arbitrary<Sweep[]> = fc
  .array(
    fc.record({
      pause: fc.nat(1e9),
      name: text,
      pressure: fc.array(text, { maxLength: 2 }),
      queues: fc.array(queue, { maxLength: 3 }),
      steps: fc.array(step, { maxLength: 2 }),
    }),
    { maxLength: 5 },
  )
  .map((all) => {
    let at = start;
    return all.map(({ pause, name, pressure, queues, steps }) =>
      sweepSchema.parse({
        version: 1,
        at: new Date((at += pause)).toISOString(),
        brokers: [{ ...brokerRow(name), pressure }],
        ...{ queues, steps },
      }),
    );
  });

describe('a recording', () => {
  it('reads back exactly what was written, line breaks in names and all', () => {
    fc.assert(
      fc.property(anySweeps, fc.constantFrom('\n', '\r\n'), (sweeps, end) => {
        const written = sweeps.map((sweep) => recordingLine(sweep) + end).join('');
        expect(readRecording(written)).toEqual({ sweeps, notes: [] });
      }),
    );
  });

  it('leaves out a last line that was cut off, wherever, and says so', () => {
    const whole = `${lines.slice(0, 2).join('\n')}\n`;
    const last = lines[2] ?? '';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: last.length - 1 }), (length) => {
        const { sweeps, notes } = readRecording(whole + last.slice(0, length));
        expect(sweeps).toEqual(demo.slice(0, 2));
        expect(notes).toEqual(['line 3 is cut off and was left out']);
      }),
    );
    expect(readRecording(whole + last)).toEqual({ sweeps: demo.slice(0, 3), notes: [] });
  });

  it('opens older and other people’s recordings: absent is null, unknown is ignored', () => {
    const row = { id: 'b/q', broker: 'b', system: 'kafka', kind: 'topic', destination: 'q', backlog: 3, mood: 'fine' };
    const foreign = { version: 1, at: '2026-01-01T00:00:00Z', brokers: [], queues: [row], weather: 'rain' };
    const [read] = readRecording(`\uFEFF\n${JSON.stringify(foreign)}\n\n`).sweeps;
    expect(read?.queues[0]).toEqual({ ...queueRow('b/q'), backlog: 3, destination: 'q' });
    expect(read?.stages).toEqual([]);
    expect(read).not.toHaveProperty('weather');
  });

  it.each([
    ['hello\n', 1, 'this line is not JSON'],
    ['hello', 1, 'this is no recording'],
    ['42\n', 1, 'this line is no sweep: it has no version'],
    [`${lines[0]}\n{"version":1\n${lines[1]}\n`, 2, 'this line is not JSON'],
    [`${lines[0]}\n{"version":2}\n`, 2, 'this sweep is of version 2; this program reads version 1'],
    [`\n\n${lines[0]?.replace(/"backlog":\d+/, '"backlog":"many"')}\n`, 3, /^queues\[0\]\.backlog: .*string/],
    [`${lines[0]?.replace(/"at":"[^"]+"/, '"at":"yesterday"')}\n`, 1, 'at: this is no ISO 8601 time'],
  ])('%.20j… is refused by the number of the line and what is wrong', (recording, line, message) => {
    try {
      readRecording(recording);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'RecordingError', line });
      expect((error as Error).message).toMatch(message);
    }
  });

  it('leaves out sweeps older than the one before, as of two recordings in one file', () => {
    const { sweeps, notes } = readRecording([lines[1], lines[0], lines[2]].join('\n'));
    expect(sweeps).toEqual([demo[1], demo[2]]);
    expect(notes).toEqual(['line 2 is older than the line before and was left out']);
  });
});

describe('a recording on disk', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('grows by one whole line a sweep, over several runs', () => {
    const file = path.join(folder, 'two-runs.jsonl');
    demo.slice(0, 4).forEach((sweep, index) => {
      const recording = openRecording(file);
      recording.write(sweep);
      expect(readRecording(readFileSync(file, 'utf8')).sweeps).toEqual(demo.slice(0, index + 1));
      recording.close();
      recording.close();
    });
  });

  const longer = (index: number) => ({ ...sweepOf(demo, index), brokers: [brokerRow('b'.repeat(200_000))] });
  const long = recordingLine(longer(1));
  it.each([
    ['the middle of a line', lines[1]?.slice(0, 900) ?? '', 0],
    ['the middle of a very long line', long.slice(0, 150_000), 0],
    ['a line end', lines[1] ?? '', 1],
    ['the end of a very long line', long, 1],
  ])('goes on after a run that was cut off at %s', (_, cut, whole) => {
    const file = path.join(folder, 'cut.jsonl');
    writeFileSync(file, `${recordingLine(longer(0))}\n`);
    appendFileSync(file, cut);
    const recording = openRecording(file);
    recording.write(sweepOf(demo, 2));
    recording.close();
    const { sweeps, notes } = readRecording(readFileSync(file, 'utf8'));
    expect(notes).toEqual([]);
    expect(sweeps).toHaveLength(2 + whole);
    expect([sweeps[0], sweeps.at(-1)]).toEqual([longer(0), demo[2]]);
  });

  it.each(['# Read me\n', '{\n  "name": "package"\n}\n', '{"name":"compact"}'])(
    'never touches a file that is something else: %j',
    (content) => {
      const file = path.join(folder, 'other');
      writeFileSync(file, content);
      expect(() => openRecording(file)).toThrow('something that is no recording');
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );

  it('says when it cannot be opened', () => {
    expect(() => openRecording(path.join(folder, 'nowhere', 'x.jsonl'))).toThrow('ENOENT');
  });
});
