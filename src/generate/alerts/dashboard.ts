import { plain } from '../../model/escape';
import { exporterNamed } from './exporters/all';
import { promDuration } from './promql';
import { criticalFactor, windowOf } from './thresholds';
import { isRefusal, type AlertOptions, type AlertQueue, type Told } from './words';
import { alertRules } from './write';

/** Grafana lays panels out in 24 columns. */
const [columns, height] = [24, 8];
/** The version of the dashboard's shape; Grafana migrates older ones by itself. */
const schemaVersion = 39;
const datasource = { type: 'prometheus', uid: '${datasource}' };

/** One picture: what is drawn, in which unit of Grafana, and where lines mark limits. */
interface Picture {
  title: string;
  unit: string;
  lines: { legend: string; expr: string }[];
  limits?: { value: number; color: string }[];
}

/**
 * A dashboard of Grafana as JSON: for each queue that the exporter tells of, what waits, what arrives and by how much it
 * grows, and how old the oldest is beside its objective.
 */
export function grafanaDashboard(queues: readonly AlertQueue[], options: AlertOptions): string {
  const exporter = exporterNamed(options.exporter);
  const panels = alertRules(queues, exporter, options).flatMap(({ queue, title }, row) => {
    const pictures = picturesOf(queue, options);
    const [y, width] = [row * (height + 1), columns / pictures.length];
    return [
      {
        id: row * 10,
        type: 'row',
        title: plain(title),
        collapsed: false,
        panels: [],
        gridPos: { x: 0, y, w: columns, h: 1 },
      },
      ...pictures.map((picture, i) => ({
        ...panelOf(picture),
        ...{ id: row * 10 + i + 1, gridPos: { x: i * width, y: y + 1, w: width, h: height } },
      })),
    ];
  });
  const dashboard = {
    ...{ uid: `backpressure-${exporter.name.replaceAll('_', '-')}`, title: 'Backpressure', tags: ['backpressure'] },
    ...{ editable: true, graphTooltip: 1, refresh: '30s', time: { from: 'now-3h', to: 'now' }, schemaVersion },
    annotations: { list: [] },
    templating: { list: [{ type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus' }] },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function picturesOf(queue: AlertQueue, options: AlertOptions): Picture[] {
  const exporter = exporterNamed(options.exporter);
  const series = exporter.describe(queue);
  const window = promDuration(windowOf(exporter, options));
  const { maxAgeSeconds } = options;
  const limits = [
    { value: maxAgeSeconds, color: 'orange' },
    { value: maxAgeSeconds * criticalFactor, color: 'red' },
  ];
  const told = (legend: string, expr: Told) => (isRefusal(expr) ? [] : [{ legend, expr }]);
  const age = told('age of the oldest', series.age);
  return [
    series.inSeconds
      ? { title: 'Behind', unit: 's', lines: [{ legend: 'behind', expr: series.backlog }], limits }
      : { title: 'Backlog', unit: 'short', lines: [{ legend: 'backlog', expr: series.backlog }] },
    {
      ...{ title: 'Arrivals and growth', unit: series.inSeconds ? 'short' : 'cps' },
      lines: [
        ...told('arrivals', isRefusal(series.arrivals) ? series.arrivals : series.arrivals(window)),
        { legend: 'growth', expr: series.growth(window) },
      ],
    },
    ...(age.length > 0 ? [{ title: 'Age', unit: 's', lines: age, limits }] : []),
  ];
}

const panelOf = ({ title, unit, lines, limits = [] }: Picture) => ({
  ...{ type: 'timeseries', title, datasource },
  targets: lines.map(({ legend, expr }, i) => ({
    ...{ refId: String.fromCharCode(65 + i), datasource, expr: unbroken(expr) },
    legendFormat: `${legend} {{instance}}`,
  })),
  fieldConfig: {
    defaults: {
      ...{ unit, custom: { thresholdsStyle: { mode: limits.length > 0 ? 'dashed' : 'off' } } },
      thresholds: { mode: 'absolute', steps: [{ value: null, color: 'green' }, ...limits] },
    },
    overrides: [],
  },
  options: {},
});

/** Grafana puts variables in wherever a dollar stands, and there it stands in names only. PromQL reads the escape. */
const unbroken = (expr: string) => expr.replaceAll('$', '\\x24');
