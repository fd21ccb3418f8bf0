import { useContext, useState } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import type { KeptReport } from '../../src/protocol/page';
import { Post } from '../extension';
import { memo } from '../ui/memo';
import { Button } from '../ui/toolkit';
import { moment } from '../words';

/** The reports of the last analyses; two of them can be compared: before and after a fix. */
export const Earlier = memo(function Earlier({ reports }: { reports: readonly KeptReport[] }) {
  const post = useContext(Post);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  if (reports.length < 2) return null;
  const still = chosen.filter((id) => reports.some((report) => report.id === id));
  const toggle = (id: number) =>
    setChosen(still.includes(id) ? still.filter((other) => other !== id) : [...still.slice(-1), id]);
  const [before, after] = still;
  return (
    <section aria-label="Last reports">
      <h2>Last reports</h2>
      <p class="quiet">Choose two to see what changed between them.</p>
      <ul class="kept">
        {reports.map(({ id, at, sentence }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={still.includes(id)} onChange={() => toggle(id)} />
              <time dateTime={at}>{moment(at)}</time> <span>{plain(sentence)}</span>
            </label>
          </li>
        ))}
      </ul>
      <Button
        disabled={before === undefined || after === undefined}
        onClick={() => {
          if (before !== undefined && after !== undefined) post({ type: 'compare', before, after });
        }}
      >
        Compare
      </Button>
    </section>
  );
});
