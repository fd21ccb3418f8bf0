import { chartColumns, type ChartSeries } from '../../src/protocol/chart';
import { Folded } from '../ui/Folded';
import { clock } from '../words';
import { looks, valueText } from './columns';

/** Rows that can still be read; more entries than that are thinned out evenly, the last one stays. */
const most = 60;

/** The same figures as a table. */
export function ValuesTable({ series }: { series: ChartSeries }) {
  const step = Math.max(1, Math.ceil(series.at.length / most));
  const last = series.at.length - 1;
  const indices = series.at.flatMap((_, i) => ((last - i) % step === 0 ? [i] : [])).reverse();
  return (
    <Folded open={false} summary="The figures as a table">
      {() => (
        <div class="scroll" role="region" aria-label="Figures over time" tabIndex={0}>
          <table class="rows">
            <caption class="spoken">{series.name} over time, latest first</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {chartColumns.map((column) => (
                  <th key={column} scope="col" class="number">
                    {looks[column].title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {indices.map((i) => (
                <tr key={series.at[i]}>
                  <th scope="row">{clock(new Date(series.at[i] ?? 0).toISOString())}</th>
                  {chartColumns.map((column) => (
                    <td key={column} class="number">
                      {valueText(series, column, i)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Folded>
  );
}
