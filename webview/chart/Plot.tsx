import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { ChartColumn, ChartSeries } from '../../src/protocol/chart';
import { stateGlyphs } from '../words';
import { looks } from './columns';

interface PlotProps {
  title: string;
  columns: readonly ChartColumn[];
  series: ChartSeries;
  /** Milliseconds since the epoch; null for all of it. */
  zoom: Zoom | null;
  onZoom: (zoom: Zoom | null) => void;
  /** Index of the entry under the cursor. */
  cursor: number | null;
  onCursor: (index: number | null) => void;
  /** Changes when colours have to be read anew. */
  theme: number;
  onCanvas: (title: string, canvas: HTMLCanvasElement | null) => void;
}

export interface Zoom {
  from: number;
  to: number;
}

const height = 170;

/** One plot over time. Dragging zooms, a double click shows all, and the cursor is shared with the other plots. */
export function Plot({ title, columns, series, zoom, onZoom, cursor, onCursor, theme, onCanvas }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ series, onZoom, onCursor, told: false });
  Object.assign(latest.current, { series, onZoom, onCursor });

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const told = latest.current;
    const made = new uPlot(
      {
        ...options(columns, () => latest.current.series.changes),
        width: element.clientWidth,
        height,
        hooks: {
          setCursor: [
            ({ cursor: { idx, left } }) => !told.told && told.onCursor((left ?? -1) < 0 ? null : (idx ?? null)),
          ],
          setSelect: [
            (self) => {
              const { left, width } = self.select;
              if (width < 4) return;
              told.onZoom({ from: self.posToVal(left, 'x'), to: self.posToVal(left + width, 'x') });
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
        },
      },
      data(latest.current.series, columns),
      element,
    );
    made.over.addEventListener('dblclick', () => told.onZoom(null));
    plot.current = made;
    onCanvas(title, made.ctx.canvas);
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
      onCanvas(title, null);
    };
  }, [theme]);

  useEffect(() => {
    plot.current?.setData(data(series, columns), false);
    const { at } = series;
    plot.current?.setScale('x', { min: zoom?.from ?? at[0] ?? 0, max: zoom?.to ?? at.at(-1) ?? 1 });
  }, [series, zoom, theme]);

  useEffect(() => {
    const now = plot.current;
    if (!now) return;
    latest.current.told = true;
    const left = cursor === null ? -10 : now.valToPos(series.at[cursor] ?? 0, 'x');
    now.setCursor({ left, top: cursor === null ? -10 : 10 }, true);
    latest.current.told = false;
  }, [cursor, series, zoom, theme]);

  const missing = columns.flatMap((column) => series.missing[column] ?? []);
  return (
    <figure class="plot" aria-hidden="true">
      <figcaption>
        {title}
        {columns.length > 1 && columns.map((column) => <Key key={column} column={column} />)}
      </figcaption>
      <div ref={place} />
      {missing.map((reason) => (
        <p key={reason} class="quiet">
          {reason}
        </p>
      ))}
    </figure>
  );
}

const Key = ({ column }: { column: ChartColumn }) => (
  <span class={`key ${column}`}>
    <svg width="24" height="8">
      <line x1="0" y1="4" x2="24" y2="4" stroke-dasharray={looks[column].dash?.join(' ')} />
    </svg>
    {looks[column].title}
  </span>
);

const data = (series: ChartSeries, columns: readonly ChartColumn[]): uPlot.AlignedData => [
  series.at,
  ...columns.map((column) => series[column]),
];

function options(
  columns: readonly ChartColumn[],
  changes: () => ChartSeries['changes'],
): Pick<uPlot.Options, 'ms' | 'legend' | 'cursor' | 'scales' | 'axes' | 'series' | 'plugins'> {
  const css = getComputedStyle(document.body);
  const color = (name: string) => css.getPropertyValue(name).trim() || css.color;
  const axis = { stroke: css.color, grid: { stroke: color('--chart-grid'), width: 1 }, font: `12px ${css.fontFamily}` };
  const [first = 'backlog'] = columns;
  const format = (n: number) => looks[first].format(n);
  return {
    ms: 1,
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: true }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.08)] } },
    axes: [
      { ...axis, values: (_plot, splits) => splits.map((at) => timeText(at, (splits[1] ?? at) - (splits[0] ?? at))) },
      { ...axis, size: 76, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...columns.map((column) => ({
        label: looks[column].title,
        stroke: color(looks[column].color),
        width: 2,
        spanGaps: false,
        points: { show: false },
        ...(looks[column].dash && { dash: looks[column].dash }),
      })),
    ],
    plugins: first === 'backlog' ? [{ hooks: { draw: (plot) => drawChanges(plot, changes(), css) } }] : [],
  };
}

/** As the reader's own clock writes it; the day where the steps are that wide. */
const timeText = (at: number, stepMs: number) =>
  stepMs >= 43_200_000
    ? new Date(at).toLocaleDateString([], { day: 'numeric', month: 'short' })
    : new Date(at).toLocaleTimeString([], {
        hour: 'numeric',
        minute: '2-digit',
        ...(stepMs < 60_000 && { second: '2-digit' }),
      });

/** A dotted line with the new state's glyph where the state changed. */
function drawChanges(plot: uPlot, changes: ChartSeries['changes'], css: CSSStyleDeclaration): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = css.color;
  ctx.fillStyle = css.color;
  ctx.font = `${12 * devicePixelRatio}px ${css.fontFamily}`;
  ctx.textAlign = 'left';
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { at, to } of changes) {
    const x = plot.valToPos(at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(stateGlyphs[to], x + 3 * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
  }
  ctx.restore();
}
