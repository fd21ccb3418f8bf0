import { describe, expect, it } from 'vitest';
import { unveiled, unveiledIn, veiled } from '../../../src/hazards/veil';

const text = `package a
// backpressure: bounded-by a limit of 8, see \`window\` of "sender"
x := 1 // backpressure: bounded-by max
/* backpressure: bounded-by the limit */ y := max
/*
 * backpressure: bounded-by the limit
 */
`;

describe('the words of an explanation', () => {
  it('are hidden from rules, with every offset where it was', () => {
    expect(veiled(text)).toHaveLength(text.length);
    expect(veiled(text)).not.toMatch(/backpressure|limit|window|bounded/);
    expect(veiled(text)).toContain(' */ y := max\n');
  });

  it('come back as they were, also from a piece', () => {
    expect(unveiled(veiled(text))).toBe(text);
    expect(unveiled(veiled(text).slice(14, 40))).toBe(text.slice(14, 40));
    expect(unveiledIn({ edits: [{ start: 3, text: veiled(text) }], reason: null })).toEqual({
      edits: [{ start: 3, text }],
      reason: null,
    });
  });

  it('stay where they are no comment, and where the text has such letters of its own', () => {
    const printed = 'log.Print("// backpressure: bounded-by 4 partitions")\n';
    expect(veiled(printed)).toBe(printed);
    const icons = `${text}icon := "\ue050"\n`;
    expect(veiled(icons)).toBe(icons);
  });
});
