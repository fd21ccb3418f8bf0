import type { BrokerError } from '../../../src/model/sweep';
import type { Certificate } from '../certificate';
import type { Subject } from './subject';

/** Every system, alike in every row of the table below. */
export const systems = ['kafka', 'rabbitmq', 'redis', 'nats', 'sqs', 'prometheus', 'metrics'] as const;
export type SystemName = (typeof systems)[number];

const stallMs = 10_000;

/** What a broker's row says: how the message goes, and what to do next. */
export type Told = readonly [code: BrokerError['code'], message: RegExp, next: RegExp];
const silence: Told = ['timeout', /no answer/, /firewall/];
const refused: Told = ['unreachable', /nothing listens there/, /running|start it|rabbitmq-plugins enable/];
const lost: Told = ['unreachable', /connection was lost/, /log/];
const untrusted: Told = ['tls', /not signed by a trusted authority/, /ca=FILE/];

/** What is there to make trouble with. */
export interface Tools {
  web: number;
  mail: number;
  good: Certificate;
  other: Certificate;
  expired: Certificate;
  /** Path of the authorities of `good` and `expired`. */
  authorities: string;
}

export interface Trouble {
  what: string;
  told: Told;
  /** Where a system says something else, at times something of its own to who was connected; a text is why it cannot happen to it. */
  unlike?: Partial<Record<SystemName, Told | { connected: Told; opened: Told } | string>>;
  /** It ends the connections that are open. */
  cuts?: true;
  begin(subject: Subject, tools: Tools, system: SystemName): unknown;
  /** Absent: the way is clear again. */
  end?(subject: Subject, tools: Tools, begun: unknown): Promise<void> | void;
  /** It meets only those who come: nobody is connected when it begins. */
  atTheDoor?: { secure?: true; login?: 'wrong' };
}

/** Systems that are read by HTTP. */
const byText: readonly SystemName[] = ['kafka', 'redis'];

export const troubles: Trouble[] = [
  { what: 'nothing listens', told: refused, cuts: true, begin: ({ proxy }) => proxy.refuse() },
  { what: 'answers vanish', told: silence, begin: ({ proxy }) => proxy.set({ swallow: true }) },
  { what: 'answers drip', told: silence, begin: ({ proxy }) => proxy.set({ dripMs: 100 }) },
  {
    what: 'it stalls for ten seconds',
    told: silence,
    begin: ({ proxy }) => {
      const hold = new Promise<void>((resolve) => setTimeout(resolve, stallMs));
      proxy.set({ hold });
      return { hold };
    },
    end: (_, __, begun) => (begun as { hold: Promise<void> }).hold,
  },
  {
    what: 'an answer is cut in its middle',
    told: lost,
    unlike: { kafka: { connected: lost, opened: ['wrong-system', /closed the connection at once/, /port/] } },
    begin: ({ proxy }) => proxy.set({ cutAfter: 20 }),
  },
  {
    what: 'another kind of server has the port',
    cuts: true,
    told: ['wrong-system', /not (NATS|Redis|SQS|Kafka)|no (management API|Prometheus|metrics page)/, /port|address/],
    unlike: { kafka: { connected: lost, opened: ['wrong-system', /not Kafka|closed the connection at once/, /port/] } },
    begin: ({ proxy }, { web, mail }, system) => {
      proxy.set({ port: byText.includes(system) ? web : mail });
      proxy.cut();
    },
  },
  {
    what: 'it is restarted',
    cuts: true,
    told: lost,
    unlike: { sqs: 'ElasticMQ keeps nothing', kafka: 'a broker that restarts is read in the suite of its cluster' },
    begin: (subject) => subject.restart?.(),
    end: (_, __, begun) => (begun as { back(): Promise<void> }).back(),
  },
  {
    what: 'TLS meets a plain port',
    told: ['tls', /does not speak TLS/, /TLS port/],
    atTheDoor: { secure: true },
    begin: () => undefined,
    end: async ({ proxy, secured }, { good }) => proxy.set(await secured(good)),
  },
  {
    what: 'plain meets a TLS port',
    told: ['tls', /speaks TLS/, /s:\/\//],
    // It says in plain that it wants TLS, and gets it.
    unlike: { nats: untrusted },
    atTheDoor: {},
    begin: async ({ proxy, secured }, { good }) => proxy.set(await secured(good)),
  },
  {
    what: 'the certificate is of an unknown authority',
    told: untrusted,
    atTheDoor: { secure: true },
    begin: async ({ proxy, secured }, { other }) => proxy.set(await secured(other)),
    end: async ({ proxy, secured }, { good }) => proxy.set(await secured(good)),
  },
  {
    what: 'the certificate has expired',
    told: ['tls', /has expired/, /renewed/],
    atTheDoor: { secure: true },
    begin: async ({ proxy, secured }, { expired }) => proxy.set(await secured(expired)),
    end: async ({ proxy, secured }, { good }) => proxy.set(await secured(good)),
  },
  {
    what: 'the password is wrong',
    told: ['denied', /refused|not let in|wrong/, /password|check both/],
    unlike: { sqs: 'ElasticMQ lets anybody in' },
    atTheDoor: { login: 'wrong' },
    begin: () => undefined,
  },
];
