import { useState } from 'preact/hooks';
import { count, duration, plural, rate } from '../../src/model/format';
import type { Report } from '../../src/model/report';
import { Figure } from '../ui/Figure';
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
  const rows = tableRows(report);
  const healthy = rows.filter((row) => row.healthy);
  const others = rows.filter((row) => !row.healthy);
  const pick = { selected, onSelect };
  return (
    <section>
      <h2>Queues and stages</h2>
      {others.length > 0 && <Rows caption="Queues and stages that need a look" rows={others} {...pick} />}
      {healthy.length > 0 && (
        <details open={others.length === 0}>
          <summary>{plural(healthy.length, 'healthy queue or stage', 'healthy queues and stages')}</summary>
          <Rows caption="Healthy queues and stages" rows={healthy} {...pick} />
        </details>
      )}
    </section>
  );
}

interface RowsProps extends Omit<RowsTableProps, 'report'> {
  caption: string;
  rows: readonly TableRow[];
}

function Rows({ caption, rows, selected, onSelect }: RowsProps) {
  const [sort, setSort] = useState<{ by: Column; descending: boolean } | null>(null);
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
          {(sort ? sorted(rows, sort.by, sort.descending) : rows).map((row) => (
            <tr key={row.id} class={`${row.severity}${row.id === selected ? ' selected' : ''}`}>
              <th scope="row">
                <button type="button" aria-pressed={row.id === selected} onClick={() => onSelect(row.id)}>
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
          ))}
        </tbody>
      </table>
    </div>
  );
}
