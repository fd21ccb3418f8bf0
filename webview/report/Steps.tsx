import { plain } from '../../src/model/escape';
import { percent, rate } from '../../src/model/format';
import type { Report, StepShare } from '../../src/model/report';
import { Figure } from '../ui/Figure';

const columns = ['Step', 'Waits to send', 'Waits to receive', 'Sends held up', 'Receives held up'];

/** What share of the window each step inside a stage spent waiting for its neighbours. */
export function Steps({ report }: { report: Report }) {
  if (report.steps.length === 0) return null;
  return (
    <section>
      <h2>Steps</h2>
      <div class="scroll" role="region" aria-label="Time that each step waits" tabIndex={0}>
        <table class="rows">
          <caption class="spoken">Time that each step waits</caption>
          <thead>
            <tr>
              {columns.map((title, i) => (
                <th key={title} scope="col" class={i > 0 ? 'number' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.steps.map((step) => (
              <Step key={step.step} {...step} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Step({ step, missing, ...figures }: StepShare) {
  const cell = (field: keyof typeof figures, format: (n: number) => string) => (
    <td class="number">
      <Figure value={figures[field]} format={format} missing={missing[field]} />
    </td>
  );
  return (
    <tr>
      <th scope="row">{plain(step)}</th>
      {cell('sendShare', percent)}
      {cell('receiveShare', percent)}
      {cell('sendPerSecond', rate)}
      {cell('receivePerSecond', rate)}
    </tr>
  );
}
