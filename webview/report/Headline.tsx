import { count, duration, percent, plural } from '../../src/model/format';
import type { Report } from '../../src/model/report';
import { clock } from '../words';

/** The answer first; then when it was measured, over how long, with how many samples, how sure. */
export function Headline({ report }: { report: Report }) {
  const { window, bottlenecks, brokers } = report;
  const [answer, rest] = split(unbroken(report.sentence));
  const sure = bottlenecks[0]?.confidence;
  const away = brokers.filter(({ state }) => state === 'failed').length;
  return (
    <header class="headline">
      <h1 class={bottlenecks[0]?.severity ?? 'ok'}>{answer}</h1>
      {rest !== '' && <p class="rest">{rest}</p>}
      <p class="quiet">
        Measured until <time dateTime={window.to}>{clock(window.to)}</time> over {duration(window.seconds)} with{' '}
        {plural(window.samples, 'sample')}
        {sure !== undefined && `, ${percent(sure)} sure`}
        {away > 0 && (
          <strong class="away">
            {' '}
            <span class="mark" aria-hidden="true">
              ✕
            </span>{' '}
            {count(away)} of {plural(brokers.length, 'broker')} could not be read
          </strong>
        )}
      </p>
    </header>
  );
}

/** A line never ends between a number and its unit. */
const unbroken = (text: string) => text.replace(/(?<=\d) (?=(?:[kMGsmhd%]|ms)(?!\w))/g, '\u00A0');

/** The first sentence apart from the rest; a dot inside a name or a number ends nothing. */
function split(sentence: string): [answer: string, rest: string] {
  const end = /[.!?](?=\s+\S)/.exec(sentence);
  return end ? [sentence.slice(0, end.index + 1), sentence.slice(end.index + 1).trim()] : [sentence, ''];
}
