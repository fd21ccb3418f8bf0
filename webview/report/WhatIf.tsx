import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import { none, unknown } from '../../src/model/figure';
import { count, duration, percent, rate } from '../../src/model/format';
import type { Recommendation, Report, StageReport } from '../../src/model/report';
import type { WhatIfChange, WhatIfResult } from '../../src/model/whatIf';
import { Answer, Post } from '../extension';
import { Figure } from '../ui/Figure';
import { NumberField } from '../ui/NumberField';

interface WhatIfProps {
  report: Report;
  stage: StageReport;
  /** Where the controls start. */
  advice: Recommendation;
}

/** What stands in the fields; the instances and the drain time decide each other, so one of the two is empty. */
interface Wish {
  instances: string;
  minutes: string;
  limit: string;
}

const text = (n: number | null) => (n === null ? '' : String(n));
const number = (entered: string) => (entered === '' || Number(entered) < 0 ? null : Number(entered));

const changeOf = (stage: string, { instances, minutes, limit }: Wish): WhatIfChange => {
  const wanted = number(minutes);
  return {
    stage,
    instances: number(instances),
    producerLimit: number(limit),
    drainSeconds: wanted === null ? null : wanted * 60,
  };
};

/** Another number of instances, drain time or limit of the producers, and what it would do, as soon as it is entered. */
export function WhatIf({ report, stage, advice }: WhatIfProps) {
  const [wish, setWish] = useState<Wish>(() => ({
    instances: text(advice.instances ?? stage.instances),
    minutes: '',
    limit: text(advice.producerLimit),
  }));
  const { result, waits, said } = useAnswer(report, stage.name, wish);
  const enter = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }));
  return (
    <div class="what-if" role="group" aria-label="What if">
      <div class="wishes">
        <NumberField
          label="Instances"
          hint={stage.instances === null ? '' : `now ${count(stage.instances)}`}
          value={wish.instances}
          least={1}
          steps={{ fewer: 'One instance fewer', more: 'One instance more', from: stage.instances ?? 1 }}
          onEnter={(instances) => enter({ instances, minutes: '' })}
        />
        <NumberField
          label="or drain within"
          hint="minutes"
          value={wish.minutes}
          least={1}
          onEnter={(minutes) => enter({ minutes, instances: minutes === '' ? text(stage.instances) : '' })}
        />
        <NumberField
          label="Producers send at most"
          hint="per second"
          value={wish.limit}
          least={0}
          onEnter={(limit) => enter({ limit })}
        />
      </div>
      {result && <Outcome result={result} waits={waits} />}
      <p class="spoken" role="status">
        {said}
      </p>
    </div>
  );
}

/** Asks whenever the change or the report is another; answers to what is no longer asked are dropped. */
function useAnswer(report: Report, stage: string, wish: Wish) {
  const change = changeOf(stage, wish);
  const post = useContext(Post);
  const answer = useContext(Answer);
  const asked = JSON.stringify(change);
  useEffect(() => post({ type: 'whatIf', change }), [post, report, asked]);
  const answers = answer !== null && JSON.stringify(answer.change) === asked;
  const last = useRef<WhatIfResult | null>(null);
  if (answers) last.current = answer.result;
  // Each wish of the reader is announced once; neither the one it starts with nor a live report's new answer is.
  const announced = useRef(wish);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!answers || announced.current === wish) return;
    announced.current = wish;
    setSaid(answer.result.sentence);
  }, [answers, answer, wish]);
  return { result: last.current, waits: !answers, said };
}

function Outcome({ result, waits }: { result: WhatIfResult; waits: boolean }) {
  const { drainSeconds, utilisation, monthlyCost, next, sentence } = result;
  const never = drainSeconds === null && utilisation !== null;
  const why = unknown(sentence);
  return (
    <div class="outcome" aria-busy={waits}>
      <dl>
        <div>
          <dt>Drains in</dt>
          <dd>{never ? 'never' : <Figure value={drainSeconds} format={duration} missing={why} />}</dd>
        </div>
        <div>
          <dt>Utilisation</dt>
          <dd>
            <Figure value={utilisation} format={percent} missing={why} />
          </dd>
        </div>
        <div>
          <dt>Cost a month</dt>
          <dd>
            <Figure value={monthlyCost} format={count} missing={none('The pipeline file names no costPerInstance.')} />
          </dd>
        </div>
        <div>
          <dt>Next bottleneck</dt>
          <dd>
            {next === null ? 'none seen' : plain(next.stage)}
            {next?.atRate != null && ` at ${rate(next.atRate)}`}
          </dd>
        </div>
      </dl>
      <p class="quiet">{plain(sentence)}</p>
    </div>
  );
}
