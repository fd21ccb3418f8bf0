import { Document, isMap, isSeq, visit } from 'yaml';
import { plain } from '../../model/escape';
import { promDuration } from './promql';
import { forText, type QueueRules } from './rules';
import type { AlertOptions, Exporter } from './words';

/** A rule file of Prometheus with what it rests on in comments. */
export function prometheusRules(queues: readonly QueueRules[], exporter: Exporter, options: AlertOptions): string {
  const document = new Document({
    groups: queues.map(({ queue, rules }) => ({
      name: `backpressure ${exporter.wholeNode ? queue.broker : queue.id}`,
      ...(options.intervalSeconds !== null && { interval: promDuration(options.intervalSeconds) }),
      rules: rules.map((rule) => ({
        ...{ alert: rule.alert, expr: rule.expr, for: forText(rule) },
        ...{ labels: rule.labels, annotations: rule.annotations },
      })),
    })),
  });
  document.commentBefore = [
    ` Alert rules for ${exporter.tellsOf} by ${exporter.name}, written by Backpressure Analyzer.`,
    ` They need ${exporter.needs}.`,
    ' Check them with promtool check rules; --tests writes unit tests for promtool test rules.',
  ].join('\n');
  comment(
    document,
    queues.map((queue) => queueComment(queue)),
  );
  return document.toString({ lineWidth: 0 });
}

/** What stands above a queue's group. */
export function queueComment({ title, basis, refused }: QueueRules): string {
  return [
    title,
    ...basis,
    ...refused.map(({ fault, refusal: { why, enable } }) => `Left out, ${fault}: ${why}; ${enable}.`),
  ]
    .map((line) => ` ${plain(line)}`)
    .join('\n');
}

/** Puts a comment before each entry of the first list of the document. */
export function comment(document: Document, comments: readonly string[]): void {
  visit(document, {
    Seq(_, seq) {
      seq.items.forEach((item, i) => {
        if (isMap(item) || isSeq(item)) item.commentBefore = comments[i] ?? '';
      });
      return visit.BREAK;
    },
  });
}
