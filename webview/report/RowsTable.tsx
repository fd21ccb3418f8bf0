import { useMemo, useState } from 'preact/hooks';
import { count, duration, plural, rate } from '../../src/model/format';
import type { Report } from '../../src/model/report';
import { Figure } from '../ui/Figure';
import { Folded } from '../ui/Folded';
import { memo } from '../ui/memo';
import { useUnchanged } from '../ui/stable';
import { Button } from '../ui/toolkit';
import { stateGlyphs, stateWords } from '../words';
import { sorted, tableRows, type Column, type TableRow } from './rows';

interface RowsTableProps {
  report: Report;
  selected: string | null;
  onSelect: (id: string) => void;
}

const columns: [Column, title: string][] = [
  ['name', 'Queue or stage'],
  ['state', 'State'],
  ['backlog', 'Backlog'],
  ['age', 'Age'],
  ['arrivals', 'In'],
  ['departures', 'Out'],
];

/** Every queue and stage with its figures; the healthy ones folded into one line while something is wrong. */
export function RowsTable({ report, selected, onSelect }: RowsTableProps) {
  const rows = useUnchanged(useMemo(() => tableRows(report), [report]));
  const healthy = rows.filter((row) => row.healthy);
  const others = rows.filter((row) => !row.healthy);
  const pick = { selected, onSelect };
  return (
    <section>
      <h2>Queues and stages</h2>
      {others.length > 0 && <Rows caption="Queues and stages that need a look" rows={others} {...pick} />}
      {healthy.length > 0 && (
        <Folded
          open={others.length === 0}
          summary={plural(healthy.length, 'healthy queue or stage', 'healthy queues and stages')}
        >
          {() => <Rows caption="Healthy queues and stages" rows={healthy} {...pick} />}
        </Folded>
      )}
    </section>
  );
}

/** That many rows at once: more take longer to draw than anybody reads them. */
const step = 100;

interface RowsProps extends Omit<RowsTableProps, 'report'> {
  caption: string;
  rows: readonly TableRow[];
}

function Rows({ caption, rows, selected, onSelect }: RowsProps) {
  const [sort, setSort] = useState<{ by: Column; descending: boolean } | null>(null);
  const [most, setMost] = useState(step);
  const shown = useMemo(
    () => (sort ? sorted(rows, sort.by, sort.descending) : rows).slice(0, most),
    [rows, sort, most],
  );
  const direction = (column: Column) =>
    sort?.by !== column ? undefined : sort.descending ? ('descending' as const) : ('ascending' as const);
  const toggle = (by: Column) => setSort({ by, descending: sort?.by === by ? !sort.descending : by !== 'name' });
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="rows">
        <caption class="spoken">{caption}</caption>
        <thead>
          <tr>
            {columns.map(([column, title]) => (
              <th key={column} scope="col" aria-sort={direction(column)} class={column}>
                <button type="button" onClick={() => toggle(column)}>
                  {title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.id} row={row} isSelected={row.id === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button onClick={() => setMost(most + step)}>
          {`Show ${count(Math.min(step, rows.length - shown.length))} of ${count(rows.length - shown.length)} more`}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  row: TableRow;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

const Row = memo(function Row({ row, isSelected, onSelect }: RowProps) {
  return (
    <tr class={`${row.severity}${isSelected ? ' selected' : ''}`}>
      <th scope="row">
        <button type="button" aria-pressed={isSelected} onClick={() => onSelect(row.id)}>
          {row.name}
        </button>
      </th>
      <td class="state" title={row.reason}>
        <span class="mark" aria-hidden="true">
          {stateGlyphs[row.state]}
        </span>
        {stateWords[row.state]}
      </td>
      <td class="number">
        <Figure {...row.backlog} format={count} />
      </td>
      <td class="number">
        <Figure {...row.age} format={duration} />
      </td>
      <td class="number">
        <Figure {...row.arrivals} format={rate} />
      </td>
      <td class="number">
        <Figure {...row.departures} format={rate} />
      </td>
    </tr>
  );
});
