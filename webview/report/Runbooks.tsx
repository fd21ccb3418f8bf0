import { plain } from '../../src/model/escape';
import type { Report } from '../../src/model/report';
import { Command } from './Command';

/** What to do about an enormous backlog, step by step; whatever loses messages says so before its command. */
export function Runbooks({ report }: { report: Report }) {
  if (report.runbooks.length === 0) return null;
  return (
    <section>
      <h2>Runbook</h2>
      {report.runbooks.map(({ queue, title, steps }) => (
        <details key={`${queue} ${title}`} class="runbook">
          <summary>{plain(title)}</summary>
          <ol class="numbered">
            {steps.map(({ text, command, loses }) => (
              <li key={text + (command ?? '')} class={loses === undefined ? undefined : 'destructive'}>
                <p>{plain(text)}</p>
                {loses !== undefined && (
                  <p class="loses">
                    <span class="mark" aria-hidden="true">
                      ‼
                    </span>{' '}
                    <strong>Loses</strong> {plain(loses)}
                  </p>
                )}
                {command !== null && <Command command={command} />}
              </li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  );
}
