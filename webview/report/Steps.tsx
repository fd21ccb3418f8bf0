import { plain } from '../../src/model/escape';
import { none } from '../../src/model/figure';
import { duration, percent, rate } from '../../src/model/format';
import type { Report, StepShare } from '../../src/model/report';
import { Figure } from '../ui/Figure';

const columns = [
  ['sendShare', 'Held up by the next', percent],
  ['receiveShare', 'Holds up the last', percent],
  ['sendPerSecond', 'Held up', rate],
  ['receivePerSecond', 'Holds up', rate],
] as const;

/** Length of an episode: half of them are no longer, and 99 of a hundred. */
const lengths = [
  ['sendP50', 'Held up, half'],
  ['sendP99', 'Held up, 99 %'],
  ['receiveP50', 'Holds up, half'],
  ['receiveP99', 'Holds up, 99 %'],
] as const;
const noBuckets = none('The step counts no lengths: its histogram has no buckets.');

/** What share of the window each step inside a stage spent held up by the next, or holding up the one before it. */
export function Steps({ report }: { report: Report }) {
  if (report.steps.length === 0) return null;
  // Columns that no step fills would only make the table wide.
  const told = lengths.filter(([field]) => report.steps.some((step) => step[field] != null));
  return (
    <section>
      <h2>Steps</h2>
      <div class="scroll" role="region" aria-label="Steps that wait for each other" tabIndex={0}>
        <table class="rows">
          <caption class="spoken">Steps that wait for each other</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              {columns.map(([field, title]) => (
                <th key={field} scope="col" class="number">
                  {title}
                </th>
              ))}
              {told.map(([field, title]) => (
                <th key={field} scope="col" class="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.steps.map((step) => (
              <Step key={step.step} step={step} told={told} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const Step = ({ step, told }: { step: StepShare; told: readonly (typeof lengths)[number][] }) => (
  <tr>
    <th scope="row">{plain(step.step)}</th>
    {columns.map(([field, , format]) => (
      <td key={field} class="number">
        <Figure value={step[field]} format={format} missing={step.missing[field]} />
      </td>
    ))}
    {told.map(([field]) => (
      <td key={field} class="number">
        <Figure value={step[field] ?? null} format={duration} missing={step.missing[field] ?? noBuckets} />
      </td>
    ))}
  </tr>
);
