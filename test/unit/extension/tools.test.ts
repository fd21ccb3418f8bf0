import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputSchema, toolInputs, type ToolName } from '../../../src/extension/tools/inputs';
import { bounded, queueList, strategyText } from '../../../src/extension/tools/texts';
import { bottleneckReport, nasty } from '../../webview/fixtures/report';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    languageModelTools: { name: ToolName; inputSchema: unknown }[];
    commands: { command: string; title?: string; category?: string; icon?: string }[];
  };
};

describe('the tools for assistants', () => {
  it('take what package.json says they take', () => {
    const { languageModelTools } = manifest.contributes;
    expect(languageModelTools.map(({ name }) => name).sort()).toEqual(Object.keys(toolInputs).sort());
    for (const { name, inputSchema: contributed } of languageModelTools) expect(contributed).toEqual(inputSchema(name));
  });

  it('list what is asked for, and tell unknown from nothing and from zero', () => {
    const list = queueList(bottleneckReport.queues, {});
    expect(list.split('\n')[0]).toBe('6 queues. ? is unknown, – is nothing to count.');
    expect(list.split('\n')[4]).toContain('| growing |');
    expect(list).toMatch(/\| – \|/);
    expect(list).toMatch(/\| \? \|/);
    expect(queueList(bottleneckReport.queues, { match: 'validated', limit: 1 })).toMatch(/^1 queue\./);
    const ages = queueList(bottleneckReport.queues, { sort: 'age', limit: 1 });
    expect(ages.split('\n').at(-1)).toContain('validated');
    expect(list).not.toContain(nasty);
  });

  it('rank strategies with their price, or say why there is none', () => {
    expect(strategyText(bottleneckReport)).toMatch(/\n1\. rate-limiting: .* Trade-off: /);
    expect(strategyText({ ...bottleneckReport, strategies: [] })).toContain('nothing to choose');
  });

  it('never say more than an assistant can read, and say what was left out', () => {
    const line = `${'x'.repeat(99)}\n`;
    const text = bounded(line.repeat(1000), 'Ask for less.');
    expect(text.length).toBeLessThan(20_200);
    expect(text).toMatch(/\n\n\([\d,]+ more characters are left out\. Ask for less\.\)$/);
    expect(bounded(line, '')).toBe(line);
  });
});

describe('the commands', () => {
  it('have each a title, a category and an icon', () => {
    const bare = manifest.contributes.commands.filter(
      ({ title, category, icon }) => !title || category !== 'Backpressure' || !icon,
    );
    expect(bare).toEqual([]);
  });
});
