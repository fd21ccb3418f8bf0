import { useEffect, useState } from 'preact/hooks';
import type { PageStatus, ToPage } from '../src/protocol/page';
import type { host as Host, PageState } from './host';
import { FlowMap } from './map/FlowMap';
import { readMessage } from './messages';

type Measured = Extract<ToPage, { type: 'report' }>;

/** The whole page: what the extension last said, and what the reader did with it. */
export function App({ host }: { host: typeof Host }) {
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [status, setStatus] = useState<PageStatus | null>(null);
  const [state, setState] = useState<PageState>(host.restore);
  const change = (part: Partial<PageState>) => setState((now) => ({ ...now, ...part }));

  useEffect(() => {
    const listen = ({ data }: MessageEvent) => {
      const message = readMessage(data);
      if (message?.type === 'report') setMeasured(message);
      if (message?.type === 'status') setStatus(message.status);
    };
    window.addEventListener('message', listen);
    host.post({ type: 'ready' });
    return () => window.removeEventListener('message', listen);
  }, [host]);
  useEffect(() => host.remember(state), [host, state]);

  return (
    <main>
      <p role="status">{status?.text}</p>
      {measured && (
        <>
          <h1>{measured.report.sentence}</h1>
          <FlowMap
            {...measured}
            selected={state.selected}
            onSelect={(selected) => change({ selected })}
            view={state.view}
            onView={(view) => change({ view })}
          />
        </>
      )}
    </main>
  );
}
