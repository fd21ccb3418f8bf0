import { percent } from '../../src/model/format';
import type { PageStatus } from '../../src/protocol/page';

const marks: Record<PageStatus['phase'], string> = {
  sampling: '◌',
  live: '●',
  paused: '❚❚',
  replaying: '↺',
  failed: '✕',
  empty: '○',
};

/** A mark never stands alone: what it means where the extension said nothing. */
const words: Record<PageStatus['phase'], string> = {
  sampling: 'Reading …',
  live: 'Live.',
  paused: 'Paused.',
  replaying: 'From a recording.',
  failed: 'Failed.',
  empty: 'Nothing yet.',
};

/** What goes on at the moment, in one sentence, with progress while there is some. */
export function StatusLine({ status }: { status: PageStatus }) {
  const { phase, text, progress } = status;
  return (
    <div class={`status ${phase}`}>
      <p role={phase === 'failed' ? 'alert' : 'status'}>
        <span class="mark" aria-hidden="true">
          {marks[phase]}
        </span>{' '}
        {text === '' ? words[phase] : text}
      </p>
      {phase === 'sampling' && (
        <progress value={progress ?? undefined} max={1} aria-label="Sampling">
          {progress === null ? '' : percent(progress)}
        </progress>
      )}
    </div>
  );
}
