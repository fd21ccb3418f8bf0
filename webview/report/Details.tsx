import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { count, duration, percent, rate } from '../../src/model/format';
import type { QueueReport, Report, StageReport } from '../../src/model/report';
import { flowNodeOf } from '../map/graph';
import { Figure } from '../ui/Figure';
import { Button } from '../ui/toolkit';
import { drainText, queueName, stateWords } from '../words';

interface DetailsProps {
  report: Report;
  /** Node id of the map. */
  selected: string;
  takesFocus: boolean;
  onClose: () => void;
  onReveal: (queue: string) => void;
  onChart: (queue: string) => void;
  onCode: (queue: string) => void;
}

type Line = [name: string, value: ComponentChild];

/** Every figure of the selected stage or queue. Escape closes. */
export function Details({ report, selected, takesFocus, onClose, onReveal, onChart, onCode }: DetailsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [selected, takesFocus]);
  const found = flowNodeOf(report, selected);
  if (!found) return null;
  const { name, queue, stage } = found;
  const lines = queue ? queueLines(queue) : stageLines(stage, report);
  return (
    <section
      class="details"
      aria-label={`Details of ${name}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {name} <span class="quiet">{stateWords[(queue ?? stage).state]}</span>
      </h2>
      {queue && <p>{queue.reason}</p>}
      <dl>
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="buttons">
        {queue && <Button onClick={() => onReveal(queue.id)}>Show in tree</Button>}
        {queue && <Button onClick={() => onChart(queue.id)}>Show chart</Button>}
        {queue && <Button onClick={() => onCode(queue.id)}>Go to code</Button>}
        <Button onClick={onClose}>Close</Button>
      </div>
    </section>
  );
}

/** The fields of a row that are figures. */
type FigureOf<Row> = { [K in keyof Row & string]: Row[K] extends number | null ? K : never }[keyof Row & string];

function queueLines(queue: QueueReport): Line[] {
  const of = (field: FigureOf<QueueReport>, format: (n: number) => string) => (
    <Figure
      value={queue[field]}
      format={format}
      missing={queue.missing[field]}
      approximate={queue.approximate[field]}
    />
  );
  return [
    ['Backlog', of('backlog', count)],
    ['Waiting', of('waiting', count)],
    ['In flight', of('inFlight', count)],
    ['Oldest', of('ageSeconds', duration)],
    ['In', of('arrivalRate', rate)],
    ['Out', of('departureRate', rate)],
    ['Growth', of('growthRate', rate)],
    ['Consumers', of('consumers', count)],
    ['Capacity', of('capacity', count)],
    ['Drains in', drainText(queue.drainSeconds)],
    ['Lost', of('lost', count)],
  ];
}

function stageLines(stage: StageReport, report: Report): Line[] {
  const of = (field: FigureOf<StageReport>, format: (n: number) => string) => (
    <Figure value={stage[field]} format={format} missing={stage.missing[field]} />
  );
  const named = (ids: readonly string[]) =>
    report.queues
      .filter(({ id }) => ids.includes(id))
      .map(queueName)
      .join(', ') || '–';
  return [
    ['Instances', of('instances', count)],
    ['In', of('inputRate', rate)],
    ['Finished', of('processingRate', rate)],
    ['Could finish', of('serviceRate', rate)],
    ['Utilisation', of('utilisation', percent)],
    ['Reads from', named(stage.consumes)],
    ['Writes to', named(stage.produces)],
    ['Waits for', stage.waitsFor ?? '–'],
  ];
}
