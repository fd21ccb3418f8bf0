import { plain } from '../../src/model/escape';
import { count, rate } from '../../src/model/format';
import type { Report } from '../../src/model/report';
import { Button } from '../ui/toolkit';
import { moment } from '../words';
import { compare, type Change } from './compare';

/** More rows than that are told by number only. */
const most = 40;

interface ComparisonProps {
  before: Report;
  after: Report;
  onClose: () => void;
}

/** Two reports side by side: what a fix has changed. */
export function Comparison({ before, after, onClose }: ComparisonProps) {
  const rows = compare(before, after);
  return (
    <section class="comparison" aria-label="Comparison of two reports">
      <h2>
        {moment(before.window.to)} compared with {moment(after.window.to)}
      </h2>
      <dl>
        {[before, after].map((report) => (
          <div key={report.window.to}>
            <dt>{moment(report.window.to)}</dt>
            <dd>{plain(report.sentence)}</dd>
          </div>
        ))}
      </dl>
      <div class="scroll" role="region" aria-label="Before and after" tabIndex={0}>
        <table class="rows">
          <caption class="spoken">Queues and stages before and after</caption>
          <thead>
            <tr>
              <th scope="col">Queue or stage</th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Backlog
              </th>
              <th scope="col" class="number">
                In
              </th>
              <th scope="col" class="number">
                Out
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ id, name, state, backlog, arrivals, departures }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{sides(state.before ?? 'not there', state.after ?? 'not there')}</td>
                <td class="number">{figures(backlog, count)}</td>
                <td class="number">{figures(arrivals, rate)}</td>
                <td class="number">{figures(departures, rate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && <p class="quiet">{count(rows.length - most)} more changed less.</p>}
      <Button onClick={onClose}>Close comparison</Button>
    </section>
  );
}

const sides = (before: string, after: string) => (before === after ? after : `${before} → ${after}`);

function figures({ before, after }: Change, format: (n: number) => string): string {
  const text = (value: number | null) => (value === null ? '–' : format(value));
  return sides(text(before), text(after));
}
