import { describe, expect, it } from 'vitest';
import { judged } from './judged';

/** A loop over messages of Kafka: what it does with each. */
const perMessage = (each: string, imports = '', declared = '') => `package orders

import (
	"github.com/segmentio/kafka-go"
	${imports}
)

func (s *Store) consume(ctx context.Context, reader *kafka.Reader, wake, closing chan bool) error {
	for {
		m, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		${each}
	}
}
${declared}`;

const started = 'go handle(m) // HERE';
const spawned = (text: string) => judged('go/unbounded-spawn', 'orders.go', text);
const eachStarts = (each: string, imports?: string, declared?: string) => spawned(perMessage(each, imports, declared));
const receiving = (declared: string) => spawned(perMessage('s.handle(m)', '', declared));

describe('goroutines that Go starts for messages have a permit where', () => {
  it.each([
    ['something empty is sent to a channel, whatever it is called', `inUse <- struct{}{}\n${started}`],
    ['a number is sent', `inUse <- 1\n${started}`],
    ['nil is sent', `inUse <- nil\n${started}`],
    ['what is sent has a content, to a channel that is called so', `slots <- m.Offset\n${started}`],
    ['something is received and left', `<-finished\n${started}`],
    [
      'the loop stands in a condition that ends the function',
      `if s.enabled {\nsem <- struct{}{}\n${started}\nreturn nil\n}`,
    ],
    [
      'a full semaphore ends the function',
      `select {\ncase sem <- struct{}{}:\ndefault:\nreturn errFull\n}\n${started}`,
    ],
    ['a full semaphore goes on with the next', `select {\ncase sem <- struct{}{}:\ndefault:\ncontinue\n}\n${started}`],
    [
      'a full semaphore leaves the loop by its label',
      `select {\ncase sem <- struct{}{}:\ndefault:\nbreak loop\n}\n${started}`,
    ],
    ['the slot is asked for by the condition around it', `if limiter.Allow() {\n${started}\n}`],
  ])('%s', async (_where, each) => {
    expect(await eachStarts(each)).toMatch(/^a permit taken at .* on line \d+$/);
  });

  it.each([
    ['the message is sent somewhere else first', `audit <- m\n${started}`],
    ['a second channel brings a part of the work', `rights := <-s.rights\ngo join(m, rights) // HERE`],
    [
      'who sends the permit returns then',
      `if s.closed {\nlog.Print("closed")\ns.all.Release()\ndone <- struct{}{}\nreturn nil\n}\n${started}`,
    ],
    ['who sends the permit leaves the loop then', `if s.closed {\ndone <- struct{}{}\nbreak\n}\n${started}`],
    ['who sends the permit goes to the end then', `if s.closed {\ndone <- struct{}{}\ngoto end\n}\n${started}`],
    [
      'who sends the permit returns, in a select',
      `select {\ncase <-closing:\ndone <- struct{}{}\nreturn nil\ncase <-ctx.Done():\n}\n${started}`,
    ],
    ['the branch of others takes it', `if m.Slow {\nsem <- struct{}{}\nhandle(m)\n} else {\n${started}\n}`],
    ['the case of others takes it', `switch m.Topic {\ncase "slow":\nsem <- struct{}{}\ncase "fast":\n${started}\n}`],
    ['a token is only asked for', `select {\ncase <-free:\ndefault:\n}\n${started}`],
    ['a full semaphore is passed by', `select {\ncase sem <- struct{}{}:\ndefault:\nbreak\n}\n${started}`],
    [
      'a full semaphore is tried again in a loop of its own',
      `select {\ncase sem <- struct{}{}:\ndefault:\nfor _, each := range s.waiting {\nif each.done {\nbreak\n}\ncontinue\n}\n}\n${started}`,
    ],
    [
      'a full semaphore is counted',
      `select {\ncase sem <- struct{}{}:\ndefault:\nswitch s.mode {\ncase "count":\nbreak\n}\n}\n${started}`,
    ],
    ['the permit is taken after work inside the goroutine', `go func() { // HERE\nhandle(m)\nsem <- struct{}{}\n}()`],
  ])('not so where %s', async (_where, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });

  it('the goroutine takes it first, or right after what it defers', async () => {
    const permit = /^a permit taken at `sem <- struct\{\}\{\}` on line \d+, inside the goroutine$/;
    expect(await eachStarts('go func() { // HERE\ndefer s.all.Done()\nsem <- struct{}{}\nhandle(m)\n}()')).toMatch(
      permit,
    );
    const method = (first: string) => `func (s *Store) run(m kafka.Message) {\n${first}\nhandle(m)\n}\n`;
    expect(await eachStarts('go s.run(m) // HERE', '', method('sem <- struct{}{}'))).toMatch(permit);
    expect(await eachStarts('go s.run(m) // HERE', '', method('log.Print(m)'))).toBe('hazard');
  });

  it('a loop around it takes it for each of its turns', async () => {
    const parts = (above: string, each: string) =>
      `${above}\nfor _, part := range m.Parts {\n${each}\ngo handle(part) // HERE\n}`;
    expect(await eachStarts(parts('', 'sem <- struct{}{}'))).toContain('a permit taken');
    expect(await eachStarts(parts('sem <- struct{}{}', ''))).toBe('hazard');
  });
});

describe('goroutines that Go starts for messages are waited for', () => {
  it.each([
    ['by a group', `all.Add(1)\n${started}\nall.Wait()`],
    ['by a function of the package', `${started}\nWait()`],
    ['by what they tell', `${started}\n<-finished`],
    ['by a case of a select', `${started}\nselect {\ncase <-finished:\ncase <-ctx.Done():\nreturn nil\n}`],
    [
      'by a case that goes on with the next',
      `${started}\nselect {\ncase <-finished:\ncontinue\ncase <-ctx.Done():\nreturn nil\n}`,
    ],
    [
      'by a case that ends only the select',
      `${started}\nselect {\ncase <-finished:\nbreak\ncase <-ctx.Done():\nreturn nil\n}`,
    ],
    ['inside a function that runs at once', `func() {\nlock()\ndefer unlock()\n${started}\n}()\n<-finished`],
    [
      'where the goroutine tells its end last',
      `go func() { // HERE\nlog.Print("starts")\nhandle(m)\nall.Done()\n}()\nall.Wait()`,
    ],
    ['before the next one starts', `worker := <-done\ngo func() { // HERE\nhandle(m)\ndone <- worker\n}()`],
  ])('%s', async (_how, each) => {
    expect(await eachStarts(each)).toMatch(/^the turn waits at `[^`]+` on line \d+$/);
  });

  it.each([
    ['where only the start is waited for', `go func() { // HERE\nstarted.Done()\nhandle(m)\n}()\nstarted.Wait()`],
    ['by what waits for something else', `${started}\ns.WaitUntilOpen()\ns.noWait()`],
    ['by what puts words together', `${started}\nlog.Print(strings.Join(names, ","))`],
    ['by a clock', `${started}\nselect {\ncase <-ctx.Done():\nreturn nil\ncase <-time.After(pause):\n}`],
    ['by a ticker', `${started}\nselect {\ncase <-closing:\nreturn nil\ncase <-ticker.C:\n}`],
    ['by a signal that ends the loop', `${started}\nselect {\ncase <-closing:\nbreak loop\ncase <-ticker.C:\n}`],
    [
      'by the first of many answers',
      `go func() { // HERE\nerrs <- handle(m)\n}()\nselect {\ncase err := <-errs:\nreturn err\ncase <-time.After(pause):\n}`,
    ],
    ['after the loop', `if s.closed {\nbreak\n}\n${started}\n}\ns.all.Wait()\nif true {`],
  ])('not so %s', async (_how, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });

  const answering = (work: string, until: string) =>
    receiving(`func onOrder(m *nats.Msg) {
	finished := make(chan struct{}, 1)
	go func() { // HERE
		${work}
	}()
	select {
	case <-${until}:
		return
	case <-time.After(pause):
		return
	}
}
`);

  it('by a function that returns with the answer, not with something else', async () => {
    expect(await answering('defer close(finished)\nwork(m)', 'finished')).toContain('the turn waits at `finished`');
    expect(await answering('work(m)\nfinished <- struct{}{}', 'finished')).toContain('the turn waits at `finished`');
    expect(await answering('watch(finished)\nwork(m)', 'finished')).toBe('hazard');
    expect(await answering('defer close(finished)\nwork(m)', 'closing')).toBe('hazard');
  });

  it('not by what the goroutine around them waits for', async () => {
    const event = (inner: string, after: string) =>
      receiving(`func (s *Store) handleEvent(event Event) {
	go func() {
		${inner}
	}()
	${after}
}
`);
    expect(await event('go s.store(event) // HERE\nclose(prepared)', '<-prepared')).toBe('hazard');
    expect(await event('go s.store(event) // HERE\n<-stored', '')).toContain('the turn waits at `stored`');
  });
});

describe('goroutines that Go starts for messages are counted where', () => {
  it.each([
    ['too many are left out', `if active.Load() >= 100 {\ncontinue\n}\n${started}`],
    ['too many wait', `if active.Load() >= 100 {\n<-finished\n}\n${started}`],
    ['too many wait in a loop', `for active.Load() >= 100 {\ntime.Sleep(pause)\n}\n${started}`],
    ['the condition stands around them', `if active < limit {\n${started}\n}`],
  ])('%s', async (_where, each) => {
    expect(await eachStarts(each)).toMatch(/^(the check on line|a permit taken)/);
  });

  it.each([
    ['too many are only told', `if active.Load() >= 100 {\nlog.Print("many")\n}\n${started}`],
    ['something else is asked', `if m.Offset == 0 {\ncontinue\n}\n${started}`],
    ['a loop goes through something first', `for active < 100 {\nactive++\n}\n${started}`],
  ])('not so where %s', async (_where, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });

  it('not so where the loop itself is begun once', async () => {
    const once =
      'func (s *Store) begin(reader *kafka.Reader) {\ns.once.Do(func() {\nfor {\nm, _ := reader.FetchMessage(ctx)\ngo handle(m) // HERE\n}\n})\n}\n';
    expect(await receiving(once)).toBe('hazard');
  });
});
