import { access } from 'node:fs/promises';
import { env, workspace, type QuickPickItem } from 'vscode';
import { BrokerUrlError, parseBrokerUrl } from '../../model/brokerUrl';
import { answersOf, fieldsOf, kinds, noAnswers, urlOf, type Answers, type Field, type Kind } from './answers';
import { awsProfiles } from './awsProfiles';
import type { Scope } from './connections';
import { askOne, askText, back, type Place, type TextQuestion } from '../questions';

/** A connection that was entered; the URL may hold a password. */
export interface Entered {
  name: string;
  url: string;
  scope: Scope;
}

/** What a form starts from. */
export interface FormStart {
  /** Names that are in use. */
  taken: readonly string[];
  /** The connection that is edited or copied; null for a new one. */
  from: Entered | null;
}

type Given = Answers & { name: string; scope: Scope };
type Step = (given: Given, place: Place) => Promise<Given | typeof back | undefined>;

const kindItems: Record<Kind, { label: string; description: string }> = {
  kafka: { label: 'Kafka', description: 'lag of every consumer group' },
  rabbitmq: { label: 'RabbitMQ', description: 'read through its management API' },
  redis: { label: 'Redis', description: 'streams, BullMQ, Celery, RQ, Sidekiq' },
  sqs: { label: 'AWS SQS', description: 'by region and profile' },
  nats: { label: 'NATS', description: 'JetStream' },
  prometheus: { label: 'Prometheus', description: 'figures by PromQL, with a pipeline file' },
  other: { label: 'Other…', description: 'a whole URL: sentinel, cluster, a page of metrics, an endpoint of your own' },
};
const addresses: Record<Kind, string> = {
  ...{ kafka: '127.0.0.1:9092', rabbitmq: '127.0.0.1:5672', redis: '127.0.0.1:6379', sqs: '', nats: '127.0.0.1:4222' },
  ...{ prometheus: '127.0.0.1:9090', other: '' },
};
const securities: (QuickPickItem & { value: Answers['security'] })[] = [
  { label: 'No encryption', value: 'none' },
  { label: 'TLS', description: 'certificates of the authorities this machine knows', value: 'tls' },
  { label: 'TLS with files of your own', description: 'authority, certificate, key', value: 'files' },
];
const mechanisms: (QuickPickItem & { value: Answers['mechanism'] })[] = [
  { label: 'No login', value: 'none' },
  { label: 'SASL PLAIN', value: 'plain' },
  { label: 'SASL SCRAM-SHA-256', value: 'scram-sha-256' },
  { label: 'SASL SCRAM-SHA-512', value: 'scram-sha-512' },
];

/**
 * Asks for a connection step by step, with a way back at each.
 * @returns null when the person stepped out
 */
export async function enterConnection({ taken, from }: FormStart): Promise<Entered | null> {
  const answers = from ? answersOf(from.url) : noAnswers('kafka');
  let given: Given = { ...answers, name: from?.name ?? '', scope: from?.scope ?? 'user' };
  const title = from ? `Edit ${from.name}` : 'Add Connection';
  let at = 0;
  for (;;) {
    const steps: Step[] = [
      ...(from ? [] : [askKind]),
      ...fieldsOf(given).map(
        (field): Step =>
          (now, place) =>
            askField(field, now, place),
      ),
      askName(taken),
      ...(workspace.isTrusted && workspace.workspaceFolders && !from ? [askScope] : []),
    ];
    const step = steps[at];
    if (!step) return { name: given.name, url: urlOf(given), scope: given.scope };
    const answer = await step(given, { title, step: at + 1, totalSteps: steps.length });
    if (answer === undefined) return null;
    at += answer === back ? -1 : 1;
    if (answer !== back) given = answer;
  }
}

const askKind: Step = async (given, place) => {
  const items = kinds.map((value) => ({ ...kindItems[value], value }));
  const chosen = await askOne(
    { ...place, title: `${place.title}: kind of broker` },
    items,
    items.find(({ value }) => value === given.kind),
  );
  if (chosen === undefined || chosen === back) return chosen;
  return chosen.value === given.kind ? given : { ...given, ...noAnswers(chosen.value), name: '' };
};

async function askField(field: Field, given: Given, place: Place): Promise<Given | typeof back | undefined> {
  const { label } = kindItems[given.kind];
  if (field === 'security' || field === 'mechanism') {
    const [items, title] =
      field === 'security'
        ? [given.kind === 'nats' ? securities.filter(({ value }) => value !== 'tls') : securities, 'encryption']
        : [mechanisms, 'login'];
    const active = items.find(({ value }) => value === given[field]);
    const chosen = await askOne({ ...place, title: `${label}: ${title}` }, items, active);
    return chosen === undefined || chosen === back ? chosen : { ...given, [field]: chosen.value };
  }
  if (field === 'profile') return askProfile(given, place);
  const text = await askText(place, question(field, given));
  return text === undefined || text === back ? text : { ...given, [field]: field === 'password' ? text : text.trim() };
}

type TextField = Exclude<Field, 'security' | 'mechanism' | 'profile'>;

function question(field: TextField, given: Given): TextQuestion {
  const value = given[field];
  const problem = (text: string) => problemOf(urlOf({ ...given, [field]: text }));
  if (field === 'address') return { ...addressQuestion(given), problem };
  const file = { value, file: true, problem: fileProblem };
  const others: Record<Exclude<TextField, 'address'>, TextQuestion> = {
    ca: { title: 'Certificate of the authority', prompt: 'A PEM file. Empty for those this machine knows.', ...file },
    cert: { title: 'Your certificate', prompt: 'A PEM file. Empty for none.', ...file },
    key: { title: 'Key of your certificate', prompt: 'A PEM file. Empty for none.', ...file },
    username: { title: 'User name', prompt: 'Empty for none.', value },
    password: { title: 'Password', prompt: 'Kept in the secret storage. Empty for none.', value, password: true },
    management: {
      ...{ title: 'Management API', prompt: 'Empty for http://host:15672.' },
      ...{ value, problem, placeholder: 'http://host:15672' },
    },
    monitoring: {
      ...{ title: 'Monitoring page', prompt: 'Empty for none.' },
      ...{ value, problem, placeholder: 'http://host:8222' },
    },
    region: {
      ...{ title: 'AWS region', prompt: 'Such as eu-west-1.' },
      ...{ value: value || (process.env.AWS_REGION ?? ''), problem },
    },
  };
  return others[field];
}

const addressQuestion = ({ kind, address: value }: Given): TextQuestion =>
  kind === 'other'
    ? {
        ...{ title: 'Broker URL', value, placeholder: 'redis+sentinel://host:26379/MASTER/0' },
        prompt: 'A password in the URL goes to the secret storage, never to the settings.',
      }
    : {
        ...{ title: `${kindItems[kind].label}: address`, value: value || addresses[kind] },
        prompt: 'host:port; several with commas; a virtual host or database behind a slash.',
      };

async function askProfile(given: Given, place: Place): Promise<Given | typeof back | undefined> {
  const items = [
    { label: 'Default chain', description: 'environment, then AWS’ own files, then the machine’s role', profile: '' },
    ...(await awsProfiles(process.env)).map((profile) => ({ label: profile, description: 'profile', profile })),
  ];
  const active = items.find(({ profile }) => profile === given.profile);
  const chosen = await askOne({ ...place, title: 'AWS SQS: credentials' }, items, active);
  return chosen === undefined || chosen === back ? chosen : { ...given, profile: chosen.profile };
}

const askName =
  (taken: readonly string[]): Step =>
  async (given, place) => {
    const text = await askText(place, {
      title: 'Name of the connection',
      prompt: 'How the tree and the report call this broker.',
      value: given.name || freeName(parseBrokerUrl(urlOf(given)).system, taken),
      problem: (name) =>
        name.trim() === '' ? 'A name is needed.' : taken.includes(name.trim()) ? 'That name is taken.' : null,
    });
    return text === undefined || text === back ? text : { ...given, name: text.trim() };
  };

const askScope: Step = async (given, place) => {
  const items: (QuickPickItem & { scope: Scope })[] = [
    { label: 'For all my workspaces', description: 'user settings', scope: 'user' },
    { label: 'For this workspace', description: 'its settings; the password stays with you', scope: 'workspace' },
  ];
  const chosen = await askOne({ ...place, title: 'Where shall it be saved?' }, items, items[0]);
  return chosen === undefined || chosen === back ? chosen : { ...given, scope: chosen.scope };
};

async function fileProblem(path: string): Promise<string | null> {
  if (path.trim() === '') return null;
  return access(path.trim()).then(
    () => null,
    () => `${path.trim()} cannot be read on ${env.remoteName ?? 'this machine'}.`,
  );
}

/** What is wrong with a broker URL, in a sentence; null when nothing is. */
export function problemOf(url: string): string | null {
  try {
    parseBrokerUrl(url);
    return null;
  } catch (error) {
    if (error instanceof BrokerUrlError) return error.message;
    throw error;
  }
}

/** `kafka`, then `kafka-2` and so on: the first that is free. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}
