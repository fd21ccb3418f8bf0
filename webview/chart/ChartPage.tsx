import { useEffect, useRef, useState } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import { duration } from '../../src/model/format';
import { toChart, type ChartSeries } from '../../src/protocol/chart';
import { Button } from '../ui/toolkit';
import { clock, stateGlyphs, stateWords } from '../words';
import { chartColumns } from '../../src/protocol/chart';
import { looks, plots, summary, valueText } from './columns';
import { csv } from './csv';
import type { host as Host } from './host';
import { image } from './image';
import { Plot, type Zoom } from './Plot';
import { useTheme } from './useTheme';
import { ValuesTable } from './ValuesTable';

/** One queue over time: backlog, arrivals, departures, age, and when its state changed. */
export function ChartPage({ host }: { host: typeof Host }) {
  const [series, setSeries] = useState<ChartSeries | null>(null);
  const [problem, setProblem] = useState('');
  const [zoom, setZoom] = useState<Zoom | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const theme = useTheme();
  const canvases = useRef(new Map<string, HTMLCanvasElement>());

  useEffect(() => {
    const listen = ({ data }: MessageEvent) => {
      const { data: message } = toChart.safeParse(data);
      if (message?.type === 'problem') setProblem(message.text);
      if (message?.type !== 'series') return;
      setProblem('');
      setSeries(message.series);
      host.remember({ queue: message.series.queue, seconds: message.series.seconds });
    };
    window.addEventListener('message', listen);
    host.post({ type: 'ready' });
    return () => window.removeEventListener('message', listen);
  }, [host]);

  if (!series) return <main class="waiting">{problem === '' ? 'Waiting for the first figures …' : problem}</main>;

  const { at } = series;
  const move = (by: number) => {
    const from = cursor ?? (by > 0 ? -1 : at.length);
    setCursor(Math.min(at.length - 1, Math.max(0, from + by)));
  };
  const zoomBy = (factor: number) => setZoom(zoomed(series, zoom, cursor, factor));
  const keys: Record<string, () => void> = {
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    Home: () => setCursor(0),
    End: () => setCursor(at.length - 1),
    '+': () => zoomBy(0.5),
    '=': () => zoomBy(0.5),
    '-': () => zoomBy(2),
    Escape: () => {
      setZoom(null);
      setCursor(null);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const name = plain(series.name);
  return (
    <main>
      <h1>{name}</h1>
      <p class="quiet">{series.source}</p>
      <div class="bar">
        <div class="toolbar" role="toolbar" aria-label="Chart">
          {series.spans.length > 1 &&
            series.spans.map((seconds) => (
              <Button
                key={seconds}
                primary={seconds === series.seconds}
                onClick={() => {
                  setZoom(null);
                  host.post({ type: 'span', seconds });
                }}
              >
                {duration(seconds)}
              </Button>
            ))}
          <Button onClick={() => zoomBy(2)} label="Zoom out" title="Zoom out (−)">
            −
          </Button>
          <Button onClick={() => zoomBy(0.5)} label="Zoom in" title="Zoom in (+)">
            +
          </Button>
          <Button onClick={() => setZoom(null)} title="Show all (Escape)">
            All
          </Button>
          <Button onClick={() => host.post({ type: 'save', format: 'csv', content: csv(series) })}>Export CSV</Button>
          <Button onClick={() => host.post({ type: 'save', format: 'png', content: image(name, canvases.current) })}>
            Export PNG
          </Button>
        </div>
      </div>
      {problem !== '' && <p role="alert">{problem}</p>}
      <Cursor series={series} index={cursor} />
      <div
        class="plots"
        role="application"
        aria-roledescription="chart"
        aria-label={`${summary(series)} Arrow keys read it value by value, plus and minus zoom.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {plots.map((plot) => (
          <Plot
            key={plot.title}
            {...plot}
            {...{ series, zoom, cursor, theme }}
            onZoom={setZoom}
            onCursor={setCursor}
            onCanvas={(title, canvas) => {
              if (canvas) canvases.current.set(title, canvas);
              else canvases.current.delete(title);
            }}
          />
        ))}
      </div>
      <Changes series={series} />
      <ValuesTable series={series} />
    </main>
  );
}

/** The values under the cursor; the latest while there is none. Read out as the keys move it. */
function Cursor({ series, index }: { series: ChartSeries; index: number | null }) {
  const at = index ?? series.at.length - 1;
  const time = series.at[at];
  if (time === undefined) return <p class="quiet">Nothing has been read yet.</p>;
  return (
    <dl class="cursor" aria-live={index === null ? 'off' : 'polite'} aria-atomic="true">
      <div>
        <dt>{index === null ? 'Latest' : 'At'}</dt>
        <dd>{clock(new Date(time).toISOString())}</dd>
      </div>
      {chartColumns.map((column) => (
        <div key={column} class={column}>
          <dt>{looks[column].title}</dt>
          <dd title={series.missing[column]}>{valueText(series, column, at)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Changes({ series }: { series: ChartSeries }) {
  if (series.changes.length === 0) return null;
  return (
    <section>
      <h2>What changed</h2>
      <ol class="timeline">
        {series.changes.toReversed().map(({ at, to, severity, reason }) => (
          <li key={at} class={severity}>
            <time dateTime={new Date(at).toISOString()}>{clock(new Date(at).toISOString())}</time>
            <span>
              <span aria-hidden="true">{stateGlyphs[to]}</span> {stateWords[to]}{' '}
              <span class="quiet">{plain(reason)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Half or twice as much time around the cursor, never more than there is; null for all of it. */
export function zoomed({ at }: ChartSeries, zoom: Zoom | null, cursor: number | null, factor: number): Zoom | null {
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  const { from, to } = zoom ?? { from: first, to: last };
  const middle = at[cursor ?? -1] ?? (from + to) / 2;
  const width = Math.max(1000, (to - from) * factor);
  if (width >= last - first) return null;
  const start = Math.min(last - width, Math.max(first, middle - width / 2));
  return { from: start, to: start + width };
}
