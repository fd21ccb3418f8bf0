import { useEffect, useRef, useState } from 'preact/hooks';
import type { KeptReport, PageStatus, ShownRecording, ToPage } from '../src/protocol/page';
import { explained } from './explained';
import { Answer, Post } from './extension';
import type { host as Host, PageState } from './host';
import { FlowMap } from './map/FlowMap';
import { queueNodeId } from './map/graph';
import { readMessage } from './messages';
import { Comparison } from './report/Comparison';
import { Details } from './report/Details';
import { Earlier } from './report/Earlier';
import { Headline } from './report/Headline';
import { ReportView } from './report/Report';
import { Scrubber } from './report/Scrubber';
import { keepUnchanged, useStable } from './ui/stable';
import { Placeholder } from './ui/Placeholder';
import { StatusLine } from './ui/StatusLine';
import { Toolbar } from './ui/Toolbar';

type Measured = Extract<ToPage, { type: 'report' }>;
type Compared = Extract<ToPage, { type: 'comparison' }>['comparison'];

/** The whole page: what the extension last said, and what the reader did with it. */
export function App({ host }: { host: typeof Host }) {
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [answer, setAnswer] = useState<Extract<ToPage, { type: 'whatIf' }> | null>(null);
  const [status, setStatus] = useState<PageStatus | null>(null);
  const [kept, setKept] = useState<readonly KeptReport[]>([]);
  const [compared, setCompared] = useState<Compared>(null);
  const [recording, setRecording] = useState<ShownRecording | null>(null);
  const [state, setState] = useState<PageState>(host.restore);
  const change = (part: Partial<PageState>) => setState((now) => ({ ...now, ...part }));
  /** The row of the table whose details were asked for: they open far from it, so they take the focus. */
  const [asked, setAsked] = useState<string | null>(null);
  const opener = useRef<Element | null>(null);
  const select = (selected: string | null) => {
    const { activeElement } = document;
    // Whoever closes the details from inside gets back to where he opened them.
    if (selected === null && activeElement?.closest('.details')) focus(opener.current);
    else if (!activeElement?.closest('.details')) opener.current = activeElement;
    change({ selected });
    setAsked(null);
  };

  const open = useStable((row: string) => {
    select(row);
    setAsked(row);
  });

  useEffect(() => {
    const listen = ({ data }: MessageEvent) => {
      const message = readMessage(data);
      if (message?.type === 'report')
        setMeasured((now) => keepUnchanged(now, { ...message, report: explained(message.report) }));
      if (message?.type === 'whatIf') setAnswer(message);
      if (message?.type === 'reports') setKept((now) => keepUnchanged(now, message.reports));
      if (message?.type === 'comparison') setCompared(message.comparison);
      if (message?.type === 'recording') setRecording(message.recording);
      if (message?.type === 'focus') open(queueNodeId(message.queue));
      if (message?.type !== 'status') return;
      setStatus(message.status);
      const { phase } = message.status;
      if (phase === 'live' || phase === 'paused') change({ live: phase === 'live' });
    };
    window.addEventListener('message', listen);
    host.post({ type: 'ready' });
    return () => window.removeEventListener('message', listen);
  }, [host]);
  useEffect(() => host.remember(state), [host, state]);

  const toolbar = (
    <Toolbar
      status={status}
      live={state.live}
      onLive={(live) => {
        change({ live });
        host.post({ type: 'setLive', live });
      }}
      post={host.post}
      measured={measured !== null}
    />
  );
  if (!measured)
    return (
      <main class="waiting">
        <Placeholder status={status} />
        {status && <StatusLine status={status} />}
        {toolbar}
      </main>
    );
  const { report, history } = measured;
  return (
    <Post.Provider value={host.post}>
      <main>
        <Headline report={report} />
        <div class="bar">
          {toolbar}
          {status && <StatusLine status={status} />}
        </div>
        {recording && <Scrubber recording={recording} />}
        {compared && <Comparison {...compared} onClose={() => setCompared(null)} />}
        <FlowMap
          report={report}
          history={history}
          selected={state.selected}
          onSelect={select}
          view={state.view}
          onView={(view) => change({ view })}
        />
        {state.selected !== null && (
          <Details
            report={report}
            selected={state.selected}
            takesFocus={asked === state.selected}
            onClose={() => select(null)}
            onReveal={(queue) => host.post({ type: 'reveal', queue })}
            onChart={(queue) => host.post({ type: 'chart', queue })}
            onCode={(queue) => host.post({ type: 'code', queue })}
          />
        )}
        <Answer.Provider value={answer}>
          <ReportView report={report} selected={state.selected} onSelect={open} />
        </Answer.Provider>
        <Earlier reports={kept} />
      </main>
    </Post.Provider>
  );
}

function focus(element: Element | null) {
  if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
}
