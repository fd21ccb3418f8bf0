import { useContext } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import type { ShownRecording } from '../../src/protocol/page';
import { Post } from '../extension';
import { Button } from '../ui/toolkit';
import { clock, stateGlyphs, stateWords } from '../words';

/** The time line of a recording: another moment by dragging, by the arrow keys, or from change to change. */
export function Scrubber({ recording }: { recording: ShownRecording }) {
  const post = useContext(Post);
  const { name, moments, at, changes } = recording;
  const [first = 0, last = 0] = [moments[0], moments.at(-1)];
  const place = moments.findLastIndex((moment) => moment <= at);
  const show = (moment: number | undefined) => {
    if (moment !== undefined) post({ type: 'scrub', at: moment });
  };
  const times = changes.map((change) => Date.parse(change.at));
  const time = (moment: number) => clock(new Date(moment).toISOString());
  const now = changes.filter((change) => Date.parse(change.at) === at);
  return (
    <section class="scrubber" aria-label={`Recording ${plain(name)}`}>
      <p>
        <strong>{plain(name)}</strong> at <time dateTime={new Date(at).toISOString()}>{time(at)}</time>{' '}
        <span class="quiet">
          from {time(first)} to {time(last)}
        </span>
      </p>
      <svg class="marks" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
        {changes.map(({ queue, severity }, i) => (
          <path
            key={`${times[i] ?? 0} ${queue}`}
            class={severity}
            d={`M${(((times[i] ?? first) - first) / Math.max(1, last - first)) * 1000} 0v12`}
          />
        ))}
      </svg>
      <input
        type="range"
        aria-label="Moment of the recording"
        min={0}
        max={moments.length - 1}
        value={place}
        aria-valuetext={time(at)}
        onInput={({ currentTarget }) => show(moments[Number(currentTarget.value)])}
      />
      <div class="buttons">
        <Button onClick={() => show(times.findLast((moment) => moment < at))} disabled={!times.some((t) => t < at)}>
          Change before
        </Button>
        <Button onClick={() => show(times.find((moment) => moment > at))} disabled={!times.some((t) => t > at)}>
          Next change
        </Button>
        <Button onClick={() => post({ type: 'closeRecording' })}>Close recording</Button>
      </div>
      <p class="quiet" role="status">
        {now.map(({ queue, to }) => `${stateGlyphs[to]} ${plain(queue)} ${stateWords[to]}`).join(' · ')}
      </p>
    </section>
  );
}
