import type { ComponentChild } from 'preact';
import { count, percent, rate } from '../../src/model/format';
import type { Bottleneck, QueueReport, Report } from '../../src/model/report';
import { Figure } from '../ui/Figure';
import { drainText, queueName } from '../words';

interface Row {
  name: string;
  value: ComponentChild;
  source: string;
}

/** What comes in, what goes out and what that means, one row each with where it comes from. */
export function Figures({ bottleneck, report }: { bottleneck: Bottleneck; report: Report }) {
  const queue = report.queues.find(({ id }) => id === bottleneck.queue);
  return (
    <table class="figures-table">
      <caption class="spoken">Figures of {bottleneck.stage ?? bottleneck.broker}</caption>
      <tbody>
        {rows(bottleneck, queue, report).map(({ name, value, source }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{value}</td>
            <td class="quiet">{source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rows(bottleneck: Bottleneck, queue: QueueReport | undefined, report: Report): Row[] {
  const { inputRate, processingRate, deficit, backlog, drainSeconds, recommendations } = bottleneck;
  const stage = report.stages.find(({ name }) => name === bottleneck.stage);
  const missing = queue?.missing ?? {};
  const approximate = queue?.approximate ?? {};
  const where = queue ? `${queueName(queue)}, ${queue.system}` : 'the chain it holds up';
  const advised = recommendations.find(({ monthlyCost }) => monthlyCost !== null);
  const figures: Row[] = [
    {
      name: 'In',
      value: (
        <Figure value={inputRate} format={rate} missing={missing.arrivalRate} approximate={approximate.arrivalRate} />
      ),
      source: `arrivals at ${where}`,
    },
    {
      name: 'Out',
      value: (
        <Figure
          value={processingRate}
          format={rate}
          missing={missing.departureRate ?? stage?.missing.processingRate}
          approximate={approximate.departureRate}
        />
      ),
      source: 'finished by all its instances',
    },
    { name: 'Deficit', value: <Figure value={deficit} format={rate} />, source: 'in − out' },
    {
      name: 'Backlog',
      value: <Figure value={backlog} format={count} missing={missing.backlog} approximate={approximate.backlog} />,
      source: 'waiting and in flight, messages',
    },
    { name: 'Drains', value: drainText(drainSeconds), source: bottleneck.drainText },
  ];
  if (stage)
    figures.push({
      name: 'Utilisation',
      value: <Figure value={stage.utilisation} format={percent} missing={stage.missing.utilisation} />,
      source: stage.serviceRate === null ? 'of what its instances could do' : `of ${rate(stage.serviceRate)}`,
    });
  if (advised?.monthlyCost != null)
    figures.push({
      name: 'Cost',
      value: count(advised.monthlyCost),
      source: `a month for ${advised.instances === null ? 'all instances' : `${count(advised.instances)} instances`}`,
    });
  return figures;
}
