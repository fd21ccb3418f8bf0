import { window } from 'vscode';
import { count } from '../../model/format';
import type { DerivedBroker } from '../../discover/topology/write';
import { queueLabel } from '../../model/identity';
import type { PlacedReference } from '../../protocol/references';
import type { Handler } from '../commands';
import type { App } from '../context';
import { lensText } from './lensText';
import { changeFile, fileText, pipelineUri } from './file';

export const choiceCommands: Record<string, Handler> = { 'backpressure.chooseQueue': chooseQueue };

/** Asks which live queue a place means, and writes the answer into the pipeline file, under the stage of the place. */
async function chooseQueue(app: App, argument: unknown): Promise<void> {
  const { placedReference } = await import('../later');
  const { data: reference } = placedReference.safeParse(argument);
  if (!reference) return;
  const { code, poller } = app;
  const match = code.join.match(reference);
  if (match.kind !== 'choice') return;
  const items = match.candidates.map((queue) => ({
    label: queueLabel(queue),
    description: `${queue.broker}${queue.backlog === null ? '' : ` · ${count(queue.backlog)} waiting`}`,
    queue,
  }));
  const title = `Which queue is ${reference.path}:${reference.line}?`;
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: `${match.why}. The answer is kept in backpressure.yaml.`,
    matchOnDescription: true,
  });
  const broker = poller.brokers.find(({ config }) => config.name === chosen?.queue.broker)?.config;
  if (!chosen || !broker) return;
  const { brokerAs } = await import('../later');
  await remember(app, reference, chosen.queue, brokerAs(broker.name, broker, 'as it is read in the editor'));
  window.setStatusBarMessage(`${reference.path}:${reference.line} is ${lensText(chosen.queue)}`, 5000);
}

async function remember(
  { code, pipelineFile }: App,
  reference: PlacedReference,
  { broker, destination, group }: { broker: string; destination: string; group: string | null },
  from: DerivedBroker,
): Promise<void> {
  const uri = pipelineUri(pipelineFile);
  if (!uri) throw new Error('There is no workspace folder to keep the answer in.');
  const { remembering } = await import('../later');
  const choice = {
    ...{ stage: code.join.stageOf(reference), broker, destination, place: `${reference.path}:${reference.line}` },
    ...{ direction: reference.role === 'consume' ? ('consumes' as const) : ('produces' as const) },
    group: reference.role === 'consume' ? group : null,
  };
  const folder = uri.path.split('/').at(-2) ?? '';
  await changeFile(uri, remembering(await fileText(uri), folder, from, choice));
  await pipelineFile.read();
}
