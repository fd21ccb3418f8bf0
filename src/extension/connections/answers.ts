import { parseBrokerUrl, type SaslMechanism } from '../../model/brokerUrl';
import { userOf, withUser } from './secrets';

/** What a person answers to describe a broker, question by question. */
export interface Answers {
  kind: Kind;
  /** Host and port, several with commas, and a virtual host or database behind a slash; for `other` the whole URL. */
  address: string;
  security: 'none' | 'tls' | 'files';
  /** Paths of PEM files; empty for none. */
  ca: string;
  cert: string;
  key: string;
  mechanism: SaslMechanism | 'none';
  username: string;
  password: string;
  /** RabbitMQ's management API; empty for where it is by default. */
  management: string;
  /** NATS' monitoring page; empty for none. */
  monitoring: string;
  /** AWS. */
  region: string;
  /** A profile of AWS' own files; empty for the default chain. */
  profile: string;
}

export const kinds = ['kafka', 'rabbitmq', 'redis', 'sqs', 'nats', 'prometheus', 'other'] as const;
export type Kind = (typeof kinds)[number];

/** What is asked for, in the order in which it is asked. */
export type Field = Exclude<keyof Answers, 'kind'>;

const schemes: Record<Exclude<Kind, 'other' | 'sqs'>, { plain: string; tls: string }> = {
  kafka: { plain: 'kafka', tls: 'kafkas' },
  rabbitmq: { plain: 'amqp', tls: 'amqps' },
  redis: { plain: 'redis', tls: 'rediss' },
  nats: { plain: 'nats', tls: 'nats' },
  prometheus: { plain: 'prometheus+http', tls: 'prometheus+https' },
};

/** The questions of a kind of broker. Some come only after another's answer. */
export function fieldsOf({ kind, security, mechanism }: Answers): Field[] {
  if (kind === 'other') return ['address'];
  if (kind === 'sqs') return ['region', 'profile'];
  const files: Field[] = security === 'files' ? ['ca', 'cert', 'key'] : [];
  const login: Field[] = ['username', 'password'];
  if (kind === 'kafka') return ['address', 'security', ...files, 'mechanism', ...(mechanism === 'none' ? [] : login)];
  const own: Field[] = kind === 'rabbitmq' ? ['management'] : kind === 'nats' ? ['monitoring'] : [];
  return ['address', 'security', ...files, ...login, ...own];
}

/** The answers before anything was asked. */
export const noAnswers = (kind: Kind): Answers => ({
  ...{ kind, address: '', security: 'none', ca: '', cert: '', key: '', mechanism: 'none', username: '', password: '' },
  ...{ management: '', monitoring: '', region: '', profile: '' },
});

/** The broker URL that the answers amount to, with the password in it. */
export function urlOf(answers: Answers): string {
  const { kind, address, security, mechanism, username, password } = answers;
  if (kind === 'other') return address.trim();
  if (kind === 'sqs') return `sqs://${answers.region.trim()}${query([['profile', answers.profile]])}`;
  const { plain, tls } = schemes[kind];
  const url = `${security === 'none' ? plain : tls}://${address.trim()}`;
  const isFiles = security === 'files';
  const parameters = query([
    ['ca', isFiles ? answers.ca : ''],
    ['cert', isFiles ? answers.cert : ''],
    ['key', isFiles ? answers.key : ''],
    ['sasl', kind === 'kafka' && mechanism !== 'none' ? mechanism : ''],
    ['management', kind === 'rabbitmq' ? answers.management : ''],
    ['monitoring', kind === 'nats' ? answers.monitoring : ''],
  ]);
  const anonymous = (kind === 'kafka' && mechanism === 'none') || (username === '' && password === '');
  return `${anonymous ? url : withUser(url, username, password)}${parameters}`;
}

function query(parameters: readonly (readonly [name: string, value: string])[]): string {
  const given = new URLSearchParams();
  for (const [name, value] of parameters) if (value.trim() !== '') given.set(name, value.trim());
  return given.size === 0 ? '' : `?${given.toString()}`;
}

/** The answers that a URL amounts to; those of `other` where our questions cannot express it. */
export function answersOf(url: string): Answers {
  const other = { ...noAnswers('other'), address: url };
  try {
    const config = parseBrokerUrl(url);
    const kind = kinds.find((each) => each !== 'other' && each !== 'sqs' && matches(each, config.scheme));
    if (config.scheme === 'sqs') {
      return { ...noAnswers('sqs'), region: config.region ?? '', profile: config.profile ?? '' };
    }
    if (!kind) return other;
    const { tls } = config;
    const answers: Answers = {
      ...noAnswers(kind),
      address: /^[^:]+:\/\/(?:[^/?#]*@)?([^?#]*)/.exec(url.trim())?.[1] ?? '',
      security: !tls ? 'none' : (tls.ca ?? tls.cert ?? tls.key) === undefined ? 'tls' : 'files',
      ...{ ca: tls?.ca ?? '', cert: tls?.cert ?? '', key: tls?.key ?? '' },
      mechanism: config.sasl?.mechanism ?? 'none',
      ...{ username: userOf(url), password: config.password ?? '' },
      ...{ management: config.management ?? '', monitoring: config.monitoring ?? '' },
    };
    const same = JSON.stringify(parseBrokerUrl(urlOf(answers))) === JSON.stringify(config);
    return same ? answers : other;
  } catch {
    return other;
  }
}

const matches = (kind: Exclude<Kind, 'other' | 'sqs'>, scheme: string) =>
  schemes[kind].plain === scheme || schemes[kind].tls === scheme;
