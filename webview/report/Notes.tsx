import { plain } from '../../src/model/escape';
import type { Report } from '../../src/model/report';

const marks = { info: 'i', warning: '!', error: '✕' } as const;

/** What could not be read and what to do about it. */
export function Notes({ report }: { report: Report }) {
  const away = report.brokers.flatMap(({ name, error }) =>
    error ? [{ level: 'error' as const, text: `${plain(name)}: ${error.message} ${error.next}` }] : [],
  );
  const pressure = report.brokers.flatMap(({ name, pressure }) =>
    pressure.map((text) => ({ level: 'warning' as const, text: `${plain(name)}: ${text}` })),
  );
  const notes = [...away, ...pressure, ...report.notes];
  if (notes.length === 0) return null;
  return (
    <section>
      <h2>Notes</h2>
      <ul class="notes">
        {notes.map(({ level, text }) => (
          <li key={level + text} class={level}>
            <span class="mark" aria-hidden="true">
              {marks[level]}
            </span>
            <span class="spoken">{level}: </span>
            <span>{plain(text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
