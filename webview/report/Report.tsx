import type { Report } from '../../src/model/report';
import { plain } from '../../src/model/escape';
import { rate } from '../../src/model/format';
import { memo } from '../ui/memo';
import { Causes } from './Causes';
import { Figures } from './Figures';
import { Notes } from './Notes';
import { Recommendations } from './Recommendations';
import { RowsTable } from './RowsTable';
import { Runbooks } from './Runbooks';
import { Steps } from './Steps';
import { Strategies } from './Strategies';
import { Timeline } from './Timeline';
import { WhatIf } from './WhatIf';

interface ReportProps {
  report: Report;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Figures, advice and causes of the worst bottleneck, further ones folded; then everything else. */
export const ReportView = memo(function ReportView({ report, selected, onSelect }: ReportProps) {
  const [worst, ...further] = report.bottlenecks;
  const stage = report.stages.find(({ name }) => name === worst?.stage);
  const advice = worst?.recommendations[0];
  return (
    <div class="report">
      {worst && (
        <div class="answer">
          <section>
            <h2>Figures</h2>
            <Figures bottleneck={worst} report={report} />
          </section>
          <Recommendations {...worst}>
            {stage && advice && <WhatIf key={stage.name} report={report} stage={stage} advice={advice} />}
          </Recommendations>
          <Causes {...worst} />
          {further.map((bottleneck) => (
            <details key={bottleneck.stage ?? bottleneck.broker} class="further">
              <summary>
                Also {plain(bottleneck.stage ?? bottleneck.broker ?? '')}: {rate(bottleneck.deficit)} short
              </summary>
              <Figures bottleneck={bottleneck} report={report} />
              <Recommendations {...bottleneck} />
              <Causes {...bottleneck} />
            </details>
          ))}
        </div>
      )}
      <div class="rest-of-it">
        <RowsTable report={report} selected={selected} onSelect={onSelect} />
        <Timeline report={report} />
        <Steps report={report} />
        <Strategies report={report} />
        <Runbooks report={report} />
        <Notes report={report} />
      </div>
    </div>
  );
});
