import type { Node } from 'web-tree-sitter';
import type { FarCall, Told } from '../../across/facts';
import { farCalls, type Reaching } from '../../across/reach';
import { partsOf, textIn } from '../../syntax';
import { finders } from './bounds';
import { argumentsOf, calleeName, receiverText, typeDeclarations, type JavaFile } from './file';
import { climbedOf, regionsIn, repetition } from './growth';
import { anyOf } from '../../words';
import { running } from './turn';

/** Words of files in which items arrive. */
export const arrivals = anyOf(
  /@(KafkaListener|KafkaHandler|RabbitListener|RabbitHandler|JmsListener|SqsListener|PulsarListener|StreamListener|Incoming|PubsubListener|NatsListener)\b|\b(basicConsume|handleDelivery|DeliverCallback|MessageListener\w*|consumeMessage|messageArrived|KafkaConsumer|xreadGroup|onMessage|channelRead0?|doGet|doPost)\b|\.(createDispatcher|nextMessage)\(|@((Get|Post|Put|Delete|Patch|Request)Mapping|GET|POST|PUT|DELETE|OnMessage)\b/,
);

/** What a Java file tells the others: what it calls once for each item, and what it declares. */
export const toldBy = (file: JavaFile): Told => ({
  calls: arrivals.test(file.text) ? farCalls(reaching(file)) : [],
  classes: file.walked.of(...typeDeclarations).map((node) => ({
    name: textIn(node, 'name'),
    bases: partsOf(node)
      .filter(({ type }) => /^(superclass|super_interfaces|extends_interfaces)$/.test(type))
      .flatMap(({ text }) => text.replace(/<[^<>]*>/g, '').match(/\b[A-Z]\w*/g) ?? []),
  })),
  functions: file.methods.map(({ name, owner }) => `${textIn(owner, 'name')}.${name}`),
});

const reaching = (file: JavaFile): Reaching => ({
  regions: () => regionsIn(file),
  callsIn: (region) => running(partsOf(region), 'method_invocation'),
  brings: (call) => argumentsOf(call).length > 0 && !quiet.test(calleeName(call)),
  calleeOf: (call) => call,
  repetition: (call) => repetition(call, file, []),
  meant: (call) => climbedOf(file.methodMeant(call)),
  isStarted: () => false,
  handed: () => [],
  far: (call) => farCallOf(call, file),
  boundOf: (kind, growth, call) => finders[kind]?.(growth, call, file) ?? null,
});

/** Calls that bring nothing further. */
const quiet =
  /^(trace|debug|info|warn|error|log|println|printf|format|valueOf|equals|hashCode|toString|get|getOrDefault|parse\w*|of|ofMillis|ofSeconds|append|substring|split|contains\w*|charAt|sleep|poll|basicAck|basicNack|basicReject|commitSync|commitAsync|readValue|requireNonNull|asList|isInstance)$/;

function farCallOf(call: Node, file: JavaFile): Pick<FarCall, 'parts' | 'owner' | 'from'> | null {
  const object = receiverText(call);
  if (!/^([\w.]*)$/.test(object)) return null;
  const parts = [...(object === '' ? [] : object.split('.')), calleeName(call)];
  return { parts, owner: ownerOf(object, call, file), from: null };
}

/** The class around for the file's own, else the type that the receiver is declared with, or the class itself. */
function ownerOf(object: string, call: Node, file: JavaFile): string | null {
  if (/^(this)?$/.test(object)) return file.classAround(call)?.childForFieldName('name')?.text ?? null;
  const name = object.split('.').at(-1) ?? '';
  if (/^[A-Z]\w*[a-z]/.test(name)) return name;
  return new RegExp(`\\b([A-Z]\\w*)(?:<[^;=()]*>)?\\s+${name}\\b`).exec(file.text)?.[1] ?? null;
}
