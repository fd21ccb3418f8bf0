import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { flowMap } from '../../../src/diagnose/render/flowMap';
import { renderHtml } from '../../../src/diagnose/render/html';
import { renderJson } from '../../../src/diagnose/render/json';
import { renderMarkdown } from '../../../src/diagnose/render/markdown';
import { svgMap } from '../../../src/diagnose/render/svgMap';
import { renderText } from '../../../src/diagnose/render/text';
import { unknown } from '../../../src/model/figure';
import { defaultObjectives, type Pipeline } from '../../../src/model/pipeline';
import { report as schema } from '../../../src/model/report';
import type { Observation } from '../../../src/model/series';
import { golden } from '../../harness/golden';
import { broker, flow, pipelineOf, ref, stage, watched } from '../../harness/observations';

const reportOf = (observation: Observation, pipeline: Pipeline | null = null) =>
  analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to });

const payments = {
  destination: 'validated',
  group: 'payments',
  arrives: 1050,
  finishes: 300,
  waits: 40_000,
  consumers: 2,
};
const cases = {
  bottleneck: reportOf(
    watched([
      flow({ destination: 'orders', group: 'validator', arrives: 1050, consumers: 3 }),
      flow(payments),
      flow({ destination: 'results', group: 'sender', arrives: 300 }),
    ]),
    pipelineOf(
      stage('api', [], [ref('orders')]),
      stage('validator', [ref('orders/validator')], [ref('validated')], { ratePerInstance: 500 }),
      stage('payments', [ref('validated/payments')], [ref('results')], { costPerInstance: 40 }),
      stage('sender', [ref('results/sender')], [], { ratePerInstance: 500 }),
    ),
  ),
  healthy: reportOf(watched([flow({ destination: 'orders', group: 'validator', arrives: 71 })])),
  broken: reportOf(
    watched(
      [
        flow({ destination: 'jobs', group: 'worker', arrives: 5, finishes: 0, consumers: 0 }),
        flow({
          destination: 'secret',
          group: 'x',
          reading: { backlog: null, missing: { backlog: unknown('denied') } },
        }),
      ],
      {
        brokers: [
          broker('main'),
          broker('rabbit', {
            state: 'failed',
            error: {
              code: 'unreachable',
              message: 'nothing answers at 127.0.0.1:5672',
              next: 'start it or mend its url',
            },
          }),
        ],
      },
    ),
  ),
};

describe('a report', () => {
  it.each(Object.entries(cases))('about a %s pipeline reads as stored, as text and Markdown', (name, report) => {
    const text = renderText(report, { width: 100, color: false });
    expect(text).toBe(golden(`report-${name}.txt`, text));
    const markdown = renderMarkdown(report);
    expect(markdown).toBe(golden(`report-${name}.md`, markdown));
  });

  it('begins with the sentence and never leaves the width but for the map and commands', () => {
    for (const report of Object.values(cases)) {
      const lines = renderText(report, { width: 60, color: false }).split('\n');
      expect(report.sentence.startsWith(lines[0]!)).toBe(true);
      for (const line of lines.filter((one) => !/[→⇒$]/.test(one))) expect(line.length).toBeLessThanOrEqual(60);
    }
  });

  it('is never broken within a figure, however narrow', () => {
    for (const report of Object.values(cases)) {
      for (let width = 40; width <= 120; width++) {
        const text = renderText(report, { width, color: false });
        expect(text).not.toMatch(/\d\n +(?:[kMGsmhd%]|ms)(?![\p{L}\d])|\d m\n +\d+ s/u);
      }
    }
  });

  it('is coloured only when asked', () => {
    expect(renderText(cases.bottleneck, { width: 100, color: true })).toContain(
      '\u001b[31mBottleneck: payments\u001b[0m',
    );
    expect(renderText(cases.bottleneck, { width: 100, color: false })).not.toContain('\u001b');
  });

  it('is the same report again when its JSON is read', () => {
    expect(schema.parse(JSON.parse(renderJson(cases.bottleneck)))).toEqual(cases.bottleneck);
  });
});

describe('the flow map', () => {
  it('is one line from source to sink where there is room', () => {
    expect(flowMap(cases.bottleneck, 300)).toEqual([
      'api ─1,050/s→ ( orders 0 ) ─1,050/s→ [ validator ×3 ] ─1,050/s→ ( validated 85,000 ↑750/s ) ═300/s⇒ ' +
        '⟦ payments ×2 ⟧ ─300/s→ ( results 0 ) ─300/s→ [ sender ×1 starved ]',
    ]);
  });

  it('is broken before an arrow where there is not', () => {
    const lines = flowMap(cases.bottleneck, 60);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
    expect(lines.slice(1).every((line) => /^ {4}[─═]/.test(line))).toBe(true);
  });

  it('gives each branch a line and draws a cycle once', () => {
    const queues = ['a/w', 'b/x', 'c/y'].map((place) => {
      const [destination = '', group = ''] = place.split('/');
      return flow({ destination, group, arrives: 2 });
    });
    const branches = pipelineOf(
      stage('w', [ref('a/w')], [ref('b'), ref('c')]),
      stage('x', [ref('b/x')], [ref('a')]),
      stage('y', [ref('c/y')], []),
    );
    expect(flowMap(reportOf(watched(queues), branches), 200)).toEqual([
      '( a 0 ) ─2/s→ [ w ×1 ] ─2/s→ ( b 0 ) ─2/s→ [ x ×1 ] ─2/s→ ( a 0 )',
      '[ w ×1 ] ─2/s→ ( c 0 ) ─2/s→ [ y ×1 ]',
    ]);
  });

  it('ends where it would be a wall', () => {
    const many = Array.from({ length: 40 }, (_, i) => flow({ destination: `q${i}`, group: `g${i}`, arrives: 1 }));
    const lines = flowMap(reportOf(watched(many)), 200);
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('… and 28 more, see the tables');
  });
});

describe('hostile names come out as text', () => {
  const names = [
    '"><img src=x onerror=alert(1)>',
    '\u001b[31mred\u001b[0m\u0007',
    '[x](javascript:alert(1)) | `b` **c**',
    'a\nb',
  ];
  const report = reportOf(
    watched(names.map((name) => flow({ destination: name, group: name, arrives: 9, finishes: 0 }))),
  );

  it('in Markdown: no tag, no link, no code, no new cell', () => {
    const markdown = renderMarkdown(report);
    expect(markdown).toContain('"&gt;&lt;img src=x onerror=alert\\(1\\)&gt;');
    // Nothing is read as a mark within a code span, whose fence is longer than any inside it.
    expect(markdown.replace(/(`+) .*? \1(?!`)/g, '')).not.toMatch(/<img|[^\\]\]\(javascript/);
    expect(Array.from(markdown).some((c) => c !== '\n' && c.charCodeAt(0) < 32)).toBe(false);
    const rows = markdown
      .split('\n')
      .filter((line) => line.startsWith('|') && line.includes('javascript') && line.includes('›'));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(11);
  });

  it('in text: escape sequences and line feeds are seen, not obeyed', () => {
    const text = renderText(report, { width: 200, color: false });
    expect(text).toContain('\\u001b[31mred\\u001b[0m\\u0007');
    expect(text).toContain('a\\u000ab');
    expect(Array.from(text).some((c) => c !== '\n' && c.charCodeAt(0) < 32)).toBe(false);
  });
});

describe('the drawing', () => {
  it('has a column for each step of the way, also where a retry leads back', () => {
    const queues = ['a/w', 'b/x', 'c/y'].map((place) => {
      const [destination = '', group = ''] = place.split('/');
      return flow({ destination, group, arrives: 2 });
    });
    const retried = pipelineOf(
      stage('source', [], [ref('a')]),
      stage('w', [ref('a/w')], [ref('b'), ref('c')]),
      stage('x', [ref('b/x')], [ref('a')]),
      stage('y', [ref('c/y')], []),
    );
    const svg = svgMap(reportOf(watched(queues), retried));
    const columnOf = (name: string) =>
      (Number(new RegExp(`<title>${name}</title><rect x="(\\d+)"`).exec(svg)![1]) - 8) / 220;
    expect(['source', 'main/a/w', 'w', 'main/b/x', 'main/c/y', 'x', 'y'].map(columnOf)).toEqual([0, 1, 2, 3, 3, 4, 4]);
  });
});

describe('the HTML file', () => {
  it('loads nothing, runs nothing, and holds map, figures, advice and runbook', () => {
    const page = renderHtml(cases.bottleneck);
    expect(page).toContain(`<p class="sentence">${cases.bottleneck.sentence}</p>`);
    expect(page).not.toMatch(/<script|<link|<img|\bon\w+=|(?:href|src)=|url\(|@import/i);
    expect(page).toContain('<svg');
    expect(page).toContain('Runbook: validated › payments');
    expect(page).toContain('<strong>Loses:</strong>');
  });

  it('escapes whatever a broker calls its queues', () => {
    const nasty = '"><script>alert(1)</script>';
    const report = reportOf(
      watched([flow({ destination: nasty, group: nasty, arrives: 50, finishes: 20, waits: 9_000 })]),
    );
    expect(renderHtml({ ...report, pipeline: nasty })).not.toMatch(/<script/);
  });
});
