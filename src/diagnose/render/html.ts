import { html } from '../../model/escape';
import { percent } from '../../model/format';
import type { Bottleneck, Recommendation, Report, Runbook } from '../../model/report';
import { windowText } from '../notes';
import { svgMap } from './svgMap';
import { bottleneckRows, queueTable, stageTable, stepTable, strategyTable, timelineTable, type Table } from './tables';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #8886; --strong: #b3261e; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.2rem; font-weight: 600; } h2 { font-size: 1rem; margin-top: 2rem; } h3 { font-size: 0.9rem; }
.sentence { font-size: 1.25rem; line-height: 1.4; } .faint { opacity: 0.7; }
.wide { overflow-x: auto; } figure { margin: 1rem calc(50% - 50vw + 1rem); } svg { max-width: 100%; height: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.7rem 0.2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.figure { text-align: right; white-space: nowrap; } code { font: 0.85em ui-monospace, monospace; overflow-wrap: anywhere; }
.loses { border-left: 3px solid var(--strong); padding-left: 0.6rem; }
svg rect { fill: Canvas; stroke: currentColor; } svg text { fill: currentColor; text-anchor: middle; font-size: 12px; }
svg .detail, svg .rate { font-size: 10px; opacity: 0.8; } svg path { fill: none; stroke: currentColor; opacity: 0.5; } svg .heavy { stroke-width: 3; opacity: 1; }
svg .bottleneck rect { stroke: var(--strong); stroke-width: 2; } svg .starved rect { stroke-dasharray: 4 3; } svg .blocked rect { stroke-dasharray: 1 2; stroke-width: 2; }
@page { size: landscape; margin: 12mm; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; } tr, li, figure { break-inside: avoid; } .wide { overflow: visible; } figure { margin: 1rem 0; } }
`;

/**
 * The report as one HTML file: no script, nothing loaded from elsewhere, readable on paper. Everything from outside is
 * escaped.
 */
export function renderHtml(report: Report): string {
  const title = report.pipeline === '' ? 'Backpressure report' : `Backpressure report: ${report.pipeline}`;
  const { table, quiet } = queueTable(report);
  const map = svgMap(report);
  return `${[
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${html(title)}</title><style>${style}</style></head><body>`,
    `<h1>${html(title)}</h1>`,
    `<p class="sentence">${html(report.sentence)}</p>`,
    `<p class="faint">Measured over ${html(windowText(report.window.seconds, report.window.samples))}, until ${html(report.window.to)}.</p>`,
    ...(map === '' ? [] : [`<figure class="wide">${map}</figure>`]),
    ...report.bottlenecks.map(bottleneckPart),
    tablePart(table),
    ...(quiet > 0 ? [`<p class="faint">${quiet} more with nothing the matter.</p>`] : []),
    ...[stageTable(report), timelineTable(report), stepTable(report.steps)].map(tablePart),
    tablePart(strategyTable(report.strategies)),
    ...report.runbooks.map(runbookPart),
    listPart(
      'Notes',
      report.notes.map(({ level, text }) => html(`${level}: ${text}`)),
    ),
    '</body></html>',
  ]
    .filter((part) => part !== '')
    .join('\n')}\n`;
}

function bottleneckPart(bottleneck: Bottleneck): string {
  const { stage, broker, cause, otherCauses, recommendations, next } = bottleneck;
  const rows = bottleneckRows(bottleneck);
  const others = otherCauses.map(({ kind, confidence, evidence }) =>
    html(`${kind} (${percent(confidence)}): ${evidence.join(' ')}`),
  );
  return [
    `<h2>Bottleneck: ${html(stage ?? broker ?? '')}</h2>`,
    tableBody(['figure', 'value'], rows, [1]),
    recommendations.length === 0 ? '' : `<h3>What to do</h3><ol>${recommendations.map(advicePart).join('')}</ol>`,
    next ? `<p>Then look at ${html(next.stage)}.</p>` : '',
    listPart(`Why: ${cause.kind} (${percent(cause.confidence)})`, cause.evidence.map(html), 'h3'),
    listPart('Also possible', others, 'h3'),
  ].join('\n');
}

const advicePart = ({ title, why, commands }: Recommendation) =>
  `<li><strong>${html(title)}.</strong> ${html(why)}${commands.map(commandPart).join('')}</li>`;

const commandPart = (command: string) => `<br><code>${html(command)}</code>`;

function runbookPart({ title, steps }: Runbook): string {
  const items = steps.map(({ text, command, loses }) => {
    const warning = loses === undefined ? '' : `<br><strong>Loses:</strong> ${html(loses)}`;
    return `<li${loses === undefined ? '' : ' class="loses"'}>${html(text)}${warning}${command === null ? '' : commandPart(command)}</li>`;
  });
  return `<h2>Runbook: ${html(title)}</h2><ol>${items.join('')}</ol>`;
}

/** @param items already escaped */
const listPart = (title: string, items: readonly string[], heading = 'h2') =>
  items.length === 0
    ? ''
    : `<${heading}>${html(title)}</${heading}><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const tablePart = ({ title, head, rows, figures }: Table) =>
  rows.length === 0 ? '' : `<h2>${html(title)}</h2><div class="wide">${tableBody(head, rows, figures)}</div>`;

function tableBody(head: readonly string[], rows: readonly (readonly string[])[], figures: readonly number[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell, i) => `<${tag}${figures.includes(i) ? ' class="figure"' : ''}>${html(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}
