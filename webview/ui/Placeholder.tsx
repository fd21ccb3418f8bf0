import type { PageStatus } from '../../src/protocol/page';

const headings: Record<PageStatus['phase'], string> = {
  sampling: 'Measuring the pipeline',
  live: 'Waiting for the first figures',
  paused: 'Paused',
  replaying: 'Opening the recording',
  failed: 'Nothing could be measured',
  empty: 'Nothing to show yet',
};

/** The picture where the flow map will be: a pipeline that fills, is broken, or is only sketched. */
export function Placeholder({ status }: { status: PageStatus | null }) {
  const phase = status?.phase ?? 'sampling';
  return (
    <div class={`placeholder ${phase}`}>
      <svg viewBox="0 0 360 72" aria-hidden="true">
        <path class="wire" d="M92 36H132" />
        <path class="wire" d={phase === 'failed' ? 'M228 36H240M256 36H268' : 'M228 36H268'} />
        {phase === 'failed' && <path class="wire" d="M243 28L253 44M253 28L243 44" />}
        <rect class="sketch" x="4" y="8" width="88" height="56" rx="8" />
        <rect class="sketch queue" x="132" y="8" width="96" height="56" rx="28" />
        <rect class="sketch" x="268" y="8" width="88" height="56" rx="8" />
        {[24, 160, 288].map((x, i) => (
          <path key={x} class={`row step-${i}`} d={`M${x} 30h40M${x} 42h24`} />
        ))}
      </svg>
      <h1>{headings[phase]}</h1>
    </div>
  );
}
