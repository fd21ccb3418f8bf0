import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';

/** What a file calls once for each item, for the files that declare it: the call, and the first step that leads to it. */
async function calls(language: 'go' | 'javascript', file: string, text: string) {
  const { told, broken } = await engine.scanText(language, text, file);
  expect(broken).toEqual([]);
  return (told?.calls ?? []).map(({ parts, handed, growth }) => [
    `${handed ? 'handed ' : ''}${parts.join('.')}`,
    growth.evidence[0],
  ]);
}

describe('a file of Go tells the others what it calls for each message', () => {
  const told = (body: string) =>
    calls(
      'go',
      'open.go',
      `package orders

import "github.com/nats-io/nats.go"

func (s *Store) open(c *nats.Conn) {
	${body}
}

func (s *Store) each(order any) {
	far.Called(order)
}
`,
    );
  const each = (line: number, what: string) => `Subscribe(…) on line ${line} runs \`${what}\` for each message`;

  it('in a function that a library is handed', async () => {
    expect(await told('c.Subscribe("orders", func(m *nats.Msg) {\n\t\tfar.Handle(m)\n\t})')).toEqual([
      ['far.Handle', 'Subscribe(…) runs the function on line 6 for each message'],
    ]);
    expect(await told('c.Every(minute, func(m *Tick) {\n\t\tfar.Handle(m)\n\t})')).toEqual([]);
  });

  it('in a function that a library is handed by its name, of this file or another', async () => {
    expect(await told('c.Subscribe("orders", s.each)')).toContainEqual(['far.Called', each(6, 's.each')]);
    expect(await told('c.Subscribe("orders", s.far.Each)')).toEqual([['handed s.far.Each', each(6, 's.far.Each')]]);
    expect(await told('c.Subscribe("orders", farEach)')).toEqual([['handed farEach', each(6, 'farEach')]]);
    expect(await told('c.Every(minute, farEach)\n\tc.Subscribe("orders", made())')).toEqual([]);
  });

  it('in a function that takes a message, not in one that takes a request', async () => {
    const taking = (type: string) =>
      told(
        `}\n\nfunc onOrder(m ${type}) {\n\tfar.Handle(m)\n}\n\nfunc open(c *nats.Conn) {\n\tc.Subscribe("orders", nil)`,
      );
    expect(await taking('*nats.Msg')).toEqual([
      ['far.Handle', '`onOrder` (line 8) takes one `*nats.Msg`: it runs for each'],
    ]);
    expect(await taking('*http.Request')).toEqual([]);
  });
});

describe('a file of JavaScript tells the others what it calls for each message', () => {
  const told = (handler: string) =>
    calls(
      'javascript',
      'open.js',
      `import { Kafka } from 'kafkajs';
import { far } from './far.js';

function each({ message }) {
  far.called(message);
}

new Kafka({}).consumer({}).run({ eachMessage: ${handler} });
`,
    );
  const eachOf = (what: string) => `\`eachMessage\` on line 8 runs \`${what}\` for each message`;

  it('in a function that a library is handed', async () => {
    expect(await told('({ message }) => { far.handle(message); }')).toEqual([
      ['far.handle', '`eachMessage` runs the function on line 8 for each message'],
    ]);
    expect(await told('null, other: ({ message }) => { far.handle(message); }')).toEqual([]);
  });

  it('in a function that a library is handed by its name, of this file or another', async () => {
    expect(await told('each')).toContainEqual(['far.called', eachOf('each')]);
    expect(await told('far.each')).toEqual([['handed far.each', eachOf('far.each')]]);
    expect(await told('far.each.bind(far)')).toEqual([['handed far.each', eachOf('far.each')]]);
    expect(await told('far.each.made(far)')).toEqual([]);
  });
});
