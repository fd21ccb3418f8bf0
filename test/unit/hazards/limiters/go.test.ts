import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';
import { judged } from '../bounds/judged';

const inFunction = (body: string) => `package orders

var shared = semaphore.NewWeighted(8)

func (s *Store) charge(ctx context.Context, orders []Order) *Pool {
	${body}
}
`;

const made = (make: string, then: string) =>
  judged('go/misplaced-limiter', 'charge.go', inFunction(`${make} // HERE\n${then}`));
const semaphore = (then: string) => made('slots := semaphore.NewWeighted(8)', `slots.Acquire(ctx, 1)\n${then}`);

describe('a limiter that a function of Go makes for itself', () => {
  it.each([
    ['limits nothing where nobody else takes from it', 'pay()'],
    ['limits nothing where a loop below goes through something else', 'for _, order := range orders {\npay(order)\n}'],
    ['limits nothing where another function has one of the same name', '}\n\nfunc refund() {\nrun(slots)'],
  ])('%s', async (_what, then) => {
    expect(await semaphore(then)).toBe('hazard');
    expect(await made('if s.limited {\nslots := semaphore.NewWeighted(8)', `slots.Acquire(ctx, 1)\n}\n${then}`)).toBe(
      'hazard',
    );
  });

  it.each([
    ['goroutines', 'go func() {\nslots.Acquire(ctx, 1)\n}()'],
    ['the turns of a loop', 'for range orders {\nslots.Acquire(ctx, 1)\n}'],
    ['who is handed it', 'run(slots)'],
    ['who gets it', 'return slots'],
    ['who gets what it is a part of', 'return &Pool{slots: slots}'],
    ['those of a list', 'list := []*semaphore.Weighted{slots}'],
    ['those of a type', 's.slots = slots'],
  ])('limits %s', async (_whom, then) => {
    expect(await semaphore(then)).toMatch(/^`slots` is used by more than this line of code \(line \d+\)$/);
  });

  it('limits the turns of a loop even if it is made in one around it', async () => {
    const each = 'for _, order := range orders {\nslots := semaphore.NewWeighted(8)';
    expect(await made(each, 'slots.Acquire(ctx, 1)\npay(order)\n}')).toBe('hazard');
    expect(await made(each, 'for range order.Parts {\nslots.Acquire(ctx, 1)\n}\n}')).toContain('is used by more');
  });

  it('may be a channel with room that tokens are put into', async () => {
    expect(await made('slots := make(chan struct{}, 8)', 'slots <- struct{}{}\npay()\n<-slots')).toBe('hazard');
    expect(await made('slots := make(chan struct { }, 8)', 'slots <- struct{}{}\npay()\n<-slots')).toBe('hazard');
  });

  it('is none if it is something else', async () => {
    expect(await made('ready := make(chan struct{})', 'ready <- struct{}{}')).toBe('nothing');
    expect(await made('ready := make(chan struct{}, 1)', 's.waiting <- ready\n<-ready')).toBe('nothing');
    expect(await made('queue := make(chan Order, 8)', 'queue <- orders[0]')).toBe('nothing');
    expect(await made('done := make(chan struct{}, 1)', 'tokens := make(chan struct{}, 1)\ntokens <- done')).toBe(
      'nothing',
    );
    expect(await made('slots := newSlots(8)', 'slots.Acquire(ctx, 1)')).toBe('nothing');
    expect(await made('tokens := newSlots(8)', 'tokens <- struct{}{}')).toBe('nothing');
  });

  it('is told with the function whose calls make it, or with what comes in each turn', async () => {
    const told = async (text: string) =>
      (await engine.scanText('go', text, 'charge.go', { only: ['go/misplaced-limiter'] })).hazards.map(
        ({ message, evidence }) => [message, ...evidence],
      );
    expect(await told(inFunction('slots := semaphore.NewWeighted(8)\nslots.Acquire(ctx, 1)'))).toEqual([
      [
        'Each call of `charge` makes a limiter of its own and alone uses it: it limits nothing.',
        '`semaphore.NewWeighted(8)` on line 6 is made anew in each call of `charge`',
      ],
    ]);
    const reading = `for {\n_, err := reader.FetchMessage(ctx)\npace := rate.NewLimiter(10, 1)\npace.Wait(ctx)\n}`;
    expect(await told(inFunction(reading))).toEqual([
      [
        'Each message from `reader.FetchMessage(ctx)` gets a limiter of its own: it limits nothing.',
        '`rate.NewLimiter(10, 1)` on line 8 is made anew for each message',
      ],
    ]);
    const handler =
      'package orders\n\nvar handler = func() {\n\tslots := semaphore.NewWeighted(8)\n\tslots.Acquire(ctx, 1)\n}\n';
    expect(await told(handler)).toEqual([
      [
        'Each call of `the function` makes a limiter of its own and alone uses it: it limits nothing.',
        '`semaphore.NewWeighted(8)` on line 4 is made anew in each call of `the function`',
      ],
    ]);
  });
});
