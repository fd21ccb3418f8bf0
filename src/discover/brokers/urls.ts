import { candidate, withDefaults, type Candidate } from './candidate';

const schemes = 'kafkas?|amqps?|rediss?|redis\\+(?:sentinel|cluster)|nats';
const brokerUrl = new RegExp(`\\b(?:${schemes})://[^\\s"'\`,;)\\]<>#]+`, 'g');
const queueUrl = /https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/\d+\/[\w.-]+/;
/** Several hosts with ports, as Kafka's clients want them. */
const servers = /^[\w.-]+:\d+(?:\s*,\s*[\w.-]+:\d+)*$/;

/** The brokers that the value of one setting names, whatever it is called. */
export function fromValue(name: string, raw: string, line: number): Candidate[] {
  const value = withDefaults(raw);
  const region = queueUrl.exec(value)?.[1];
  if (region !== undefined) return candidate(`sqs://${region}`, name, line);
  const list = value.trim().replace(/^(?:PLAINTEXT|SSL|SASL_SSL|SASL_PLAINTEXT):\/\//i, '');
  if (/kafka|bootstrap/i.test(name) && servers.test(list)) {
    return candidate(`kafka://${list.replace(/\s/g, '')}`, name, line);
  }
  return [...value.matchAll(brokerUrl)].flatMap(([url]) => candidate(url, name, line));
}
