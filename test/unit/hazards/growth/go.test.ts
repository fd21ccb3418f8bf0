import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';

/** What is told of the hazards of a file: how sure it is, how they come about, and what is said. */
async function told(text: string, rule = 'go/unbounded-spawn') {
  const { hazards, broken } = await engine.scanText('go', text, 'orders.go', { only: [rule], unfixed: true });
  expect(broken).toEqual([]);
  return hazards.map(({ line, severity, evidence, message }) => ({ line, severity, evidence, message }));
}

const nats = (declared: string) => `package orders

import stream "github.com/nats-io/nats.go"

${declared}
`;

const kafka = (each: string, declared = '') => `package orders

import "github.com/segmentio/kafka-go"

func (s *Store) consume(ctx context.Context, reader *kafka.Reader) {
	for {
		m, _ := reader.FetchMessage(ctx)
		${each}
	}
}

${declared}
`;

const handler = (body: string, signature = 'm *nats.Msg') => `package orders

func (s *Store) onOrder(${signature}) {
	${body}
}
`;

const lines = async (text: string, rule?: string) => (await told(text, rule)).map(({ line }) => line);
const evidence = async (text: string) => (await told(text)).map((each) => each.evidence);

describe('a goroutine in Go comes with each message', () => {
  it('in a function that is handed to a library, also by its name', async () => {
    expect(
      await evidence(
        nats('func open(c *stream.Conn) {\n\tc.Subscribe("orders", func(m *stream.Msg) {\n\t\tgo handle(m)\n\t})\n}'),
      ),
    ).toEqual([['Subscribe(…) runs the function on line 6 for each message']]);
    expect(
      await told(
        nats(
          'func open(c *stream.Conn) {\n\tc.Subscribe("orders", onOrder)\n}\n\nfunc onOrder(m *stream.Msg) {\n\tgo handle(m)\n}',
        ),
      ),
    ).toMatchObject([
      { severity: 'high', evidence: ['Subscribe(…) on line 6 runs `onOrder` (line 9) for each message'] },
    ]);
    const each =
      'package orders\n\nimport "github.com/twmb/franz-go/pkg/kgo"\n\nfunc all(fetches kgo.Fetches) {\n\tfetches.EachRecord(func(r *kgo.Record) {\n\t\tgo handle(r)\n\t})\n}\n';
    expect(await evidence(each)).toEqual([['EachRecord() runs the function on line 6 for each message']]);
  });

  it('not in a function that something else is handed, or that may run later', async () => {
    expect(await lines(nats('func open(c *Timers) {\n\tc.Every(minute, func() {\n\t\tgo flush()\n\t})\n}'))).toEqual(
      [],
    );
    expect(await lines(handler('s.later(func() {\n\t\tgo handle(m)\n\t})'))).toEqual([]);
    expect(await lines(kafka('s.later(func() {\n\t\tgo handle(m)\n\t})'))).toEqual([]);
    expect(await lines(kafka('defer func() {\n\t\tgo flush()\n\t}()'))).toEqual([]);
  });

  it('in a function that runs where it stands', async () => {
    expect(await lines(kafka('func() {\n\t\tgo handle(m)\n\t}()'))).toEqual([9]);
    expect(await lines(handler('func() {\n\t\tgo handle(m)\n\t}()'))).toEqual([5]);
  });

  it('once, where a goroutine starts the next', async () => {
    expect(await lines(kafka('go func() {\n\t\tgo handle(m)\n\t}()'))).toEqual([8]);
  });

  it('in a function that takes a message', async () => {
    expect(await told(handler('go handle(m)'))).toMatchObject([
      { severity: 'high', evidence: ['`onOrder` (line 3) takes one `*nats.Msg`: it runs for each'] },
    ]);
    expect(await told(handler('go func() {\n\t\t<-s.ctx.Done()\n\t\tm.Nak()\n\t}()'))).toHaveLength(1);
    expect(await told(handler('go flush()'))).toMatchObject([
      { message: expect.not.stringContaining('Not shown here') as unknown },
    ]);
  });

  it('in a function that such a one calls', async () => {
    const called = handler('s.dispatch(m)').concat('\nfunc (s *Store) dispatch(m any) {\n\tgo handle(m)\n}\n');
    expect(await lines(called)).toEqual([8]);
    const twice = kafka('dispatch(m)', 'func dispatch(m any) {\n\tgo handle(m)\n}');
    expect(await evidence(twice)).toEqual([
      [
        'the loop on line 6 turns once for each message from `reader.FetchMessage(ctx)`',
        '`dispatch` (line 12) is called for it on line 8',
      ],
    ]);
  });

  it('with whose permit above the call it is bounded', async () => {
    const permitted = nats(
      'func open(c *stream.Conn) {\n\tc.Subscribe("orders", func(m *stream.Msg) {\n\t\tslots <- struct{}{}\n\t\tgo handle(m)\n\t})\n}',
    );
    expect(await lines(permitted)).toEqual([]);
    expect(await lines(handler('s.slots <- struct{}{}\n\tgo handle(m)'))).toEqual([]);
  });

  it('in a helper as often as that is called', async () => {
    const helper = 'func start(work func()) {\n\tgo work()\n}';
    expect(await lines(kafka('start(flush)', helper))).toEqual([13]);
    expect(await lines(kafka('handle(m)', helper))).toEqual([]);
    const taking = 'func start(m *nats.Msg, work func()) {\n\tgo work()\n}';
    expect(await lines(kafka('handle(m)', taking))).toEqual([]);
  });

  it('that is settled before it is done', async () => {
    expect(await told(handler('go handle(m)\n\tm.Ack()'))).toMatchObject([{ severity: 'critical' }]);
    const settled = 'reader.CommitMessages(ctx, m)';
    expect(await told(kafka(`go handle(m)\n\t\t${settled}`))).toMatchObject([
      {
        severity: 'critical',
        message: expect.stringContaining(`\`${settled}\` on line 9 does not wait for it`) as unknown,
      },
    ]);
    expect(await told(kafka(`${settled}\n\t\tgo handle(m)`))).toMatchObject([{ severity: 'high' }]);
    const values =
      'package orders\n\nfunc all(jobs chan Job) {\n\tfor job := range jobs {\n\t\tgo job.Run()\n\t\ttx.Commit()\n\t}\n}\n';
    expect(await told(values)).toMatchObject([{ message: expect.not.stringContaining('does not wait') as unknown }]);
  });
});

describe('a goroutine in Go comes with each value of a channel', () => {
  const values = (each: string) => `package orders

func (s *Store) all(jobs chan Job) {
	for job := range jobs {
		${each}
	}
}

func (s *Store) dispatch(job *Job) {
	go job.Run()
}
`;

  it('where its loop starts it, and perhaps where a function does that the loop calls', async () => {
    const [inLoop, inFunction] = await told(values('go job.Run()'));
    expect(inLoop).toMatchObject({
      severity: 'low',
      message: expect.not.stringContaining('Not shown here') as unknown,
    });
    expect(inFunction?.message).toContain('Not shown here: how often `dispatch` is called.');
    expect(await told(values('s.dispatch(job)'))).toMatchObject([
      {
        severity: 'low',
        message: expect.stringContaining('Not shown here: how often `dispatch` is called.') as unknown,
      },
    ]);
  });
});

describe('a goroutine in Go comes with each request', () => {
  const served = (body: string) => told(handler(body, 'w http.ResponseWriter, r *http.Request'));
  const doubt = 'Not shown here: whether each call of `onOrder` comes to this.';

  it('where it is started with something of the request', async () => {
    const sure = [{ severity: 'low', message: expect.not.stringContaining('Not shown here') as unknown }];
    expect(await served('go s.log(r.URL)')).toMatchObject(sure);
    expect(await served('order := parse(r)\n\tgo s.store(order)')).toMatchObject(sure);
  });

  it('perhaps, where it is not', async () => {
    expect(await served('go s.refresh()')).toMatchObject([
      { severity: 'low', message: expect.stringContaining(doubt) as unknown },
    ]);
  });

  it('and ends with it where it waits for that', async () => {
    expect(await served('closed := r.Context().Done()\n\tgo func() {\n\t\t<-closed\n\t\ts.forget(r)\n\t}()')).toEqual(
      [],
    );
    expect(
      await served(
        'closed := r.Context().Done()\n\ts.group.Go(func() error {\n\t\t<-closed\n\t\treturn s.forget(r)\n\t})',
      ),
    ).toEqual([]);
  });

  it('as a message that is sent on does, whatever is sent', async () => {
    const published = `package orders

import amqp "github.com/rabbitmq/amqp091-go"

func (s *Store) onOrder(w http.ResponseWriter, r *http.Request) {
	s.channel.Publish("touched", "", false, false, touched)
}
`;
    expect(await told(published, 'go/unthrottled-producer')).toMatchObject([
      { evidence: ['`onOrder` (line 5) takes one `*http.Request`: it runs for each'] },
    ]);
  });
});
