import { afterEach, describe, expect, it } from 'vitest';
import { TypedText } from '../../../src/hazards/typed';
import { engine } from '../../harness/hazardEngine';

const text = `package main

import "github.com/segmentio/kafka-go"

func work(reader *kafka.Reader) {
	for {
		message, err := reader.ReadMessage(ctx)
		if err != nil {
			return
		}
		go handle(message)
	}
}
`;

const typed = new TypedText();
const asTyped = (now: string) => engine.scanText('go', now, 'main.go', { typed });
afterEach(() => {
  typed.forget();
});

describe('a text that is typed', () => {
  it('says after each key what it would say if it were read anew', async () => {
    const steps = [
      text,
      text.replace('func work', '// Ä comment with 𝄞\nfunc work'),
      text.replace('go handle(message)', 'handle(message)'),
      text.replace('go handle(message)', 'go handle('),
      text.replace('		go handle(message)\n', '		go handle(message)\n		go handle(message)\n'),
      'package main\n',
      text,
    ];
    for (const now of steps) expect(await asTyped(now)).toEqual(await engine.scanText('go', now, 'main.go'));
  });

  it('can be read again after it was given back', async () => {
    const before = await asTyped(text);
    typed.forget();
    expect(await asTyped(text)).toEqual(before);
    expect(before.hazards).toHaveLength(1);
  });
});
