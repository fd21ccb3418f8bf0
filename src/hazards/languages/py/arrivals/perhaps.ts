import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, placeOf, textIn } from '../../../syntax';
import { isCollected, isNowAndThen } from './dispatch';
import { argumentsOf, assignedAbove, calleeName, keyword, type DeclaredFunction, type PythonFile } from '../file';
import { stopName, takesItems } from '../names';

/** What happens once to a connection or the whole program, or when something goes wrong. */
const rare =
  /start|stop|open|connect(?!ion)|ready|lost|clos|join|log(in|out)|establish|error|exception|fail|timeout|signal|terminat|exit|finish|done|complet|shut|clean|keep_?alive|heartbeat|ping|retry|restart|reload|wait|init|setup|schedul|register|progress|connack|assign|revok|rebalanc|lifecycle|connections$|track_|mute|_state$|offline|clear_buf|generation|transition_to|^on$/i;

/** Functions that are there for each of many things. */
const perThing =
  /message|msg|event|request|packet|frame|command|update|notif|job|(^|_)call(_|$)|session|transition|created|moved|changed|modified|execute|perform|invoke|fire|submit|send|write|publish|emit|broadcast|dispatch|deliver|forward/i;

/** Work that goes on as long as the program, or that is done now and then. */
const lasting =
  /loop|forever|watch|monitor|keep_?alive|heartbeat|ping|timer|timeout|poll|connect|clos|stop|shutdown|clean|start|^_*run$|wait|sleep|flush|refresh|read(er)?$|writer?$|listen|consume|worker|init|expire|retry|main|serve|exit|scan|check|fail/i;

/** Work for one thing. */
const working =
  /handle|process|dispatch|(^|_)on_|send|publish|deliver|notif|callback|^_*cb$|listener|call|execut|update|post|upload|save|store|emit|request|message|event|reply|respond|answer/i;

/** What tells of many if a loop walks it, and what of a few. */
const many =
  /listener|handler|callback|subscriber|client|session|message|event|request|packet|update|job|recipient|hook/i;
const few = /\brange\(|worker|config|setting|thread|process(es|or)|shard|partition/i;

/** So many points make up for that nothing in the file shows what repeats the place. */
const enough = 5;

/** A task in a function whose name says that it is called for each of many things. How often that is, nothing shows. */
export function startedPerhaps(place: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(place);
  if (!around || runsSeldom(around.name) || stopName.test(around.name) || rare.test(around.name)) return null;
  if (isNowAndThen(place, around) || isKept(place, around) || isGuarded(place) || pointsOf(place, around) < enough)
    return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`${placeOf(place)} starts this with each call of \`${around.name}\``],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called`,
  };
}

function pointsOf(place: Node, around: DeclaredFunction): number {
  const work = workOf(place);
  const loop = loopAround(place);
  if (lasting.test(work) || few.test(loop)) return 0;
  const given = (around.node.childForFieldName('parameters')?.namedChildren ?? [])
    .map(({ text }) => /^\*{0,2}(\w+)/.exec(text)?.[1] ?? '')
    .filter((name) => !/^(self|cls)$/.test(name));
  const names = place.descendantsOfType('identifier').map(({ text }) => text);
  return (
    (takesItems.test(around.name) ? 3 : perThing.test(around.name) || around.name === '__call__' ? 2 : 0) +
    (working.test(work) ? 2 : 0) +
    (many.test(loop) ? 2 : 0) +
    (given.some((name) => names.includes(name) || names.some((each) => isMadeOf(each, name, place))) ? 1 : 0) +
    (place.parent?.type === 'expression_statement' || /^attribute$/.test(place.parent?.type ?? '') ? 1 : 0)
  );
}

const isMadeOf = (name: string, item: string, place: Node): boolean =>
  new RegExp(`\\b${item}\\b`).test(assignedAbove(name, place)?.text ?? '');

/** `_handle` of `create_task(self._handle(event))` and of `Thread(target=self._handle)`. */
export function workOf(place: Node): string {
  const started = keyword(place, 'target', 'coro') ?? argumentsOf(place)[0];
  const made = started?.type === 'identifier' ? assignedAbove(started.text, place) : null;
  const work = made?.type === 'call' ? made : started;
  return (work?.type === 'call' ? calleeName(work) : (work?.text.split('.').at(-1) ?? '')).slice(0, 60);
}

const loopAround = (place: Node): string => {
  const outer = [...ancestorsOf(place)].find(({ type }) => type === 'for_statement' || type === 'function_definition');
  return outer?.type === 'for_statement' ? textIn(outer, 'right') : '';
};

/** Names of a task that the function hands back or waits for. */
const waitsFor = (name: string) =>
  new RegExp(
    `\\b(return|await|yield)\\b[^\\n]*\\b${name}\\b|wait\\w*\\([^()]*\\b${name}\\b|\\b${name}\\.(result|join|cancel)\\(|gather\\w*\\([^()]*\\b${name}\\b`,
  );

/** There is one of them (`self._task = …`), whoever called waits for it, or it starts the next when it ends. */
function isKept(place: Node, { node, name }: DeclaredFunction): boolean {
  if (isCollected(place, node)) return true;
  const outer = place.parent?.type === 'attribute' ? place.parent : place;
  if (/\.(result|join|get)$/.test(outer.text) || node.text.includes(`add_done_callback(self.${name})`)) return true;
  const list = outer.parent?.type === 'argument_list' ? outer.parent.parent : null;
  if (list?.type === 'call') return !/^(add|append)$/.test(calleeName(list));
  const left = outer.parent?.type === 'assignment' ? outer.parent.childForFieldName('left') : null;
  if (left)
    return left.type !== 'identifier' || waitsFor(left.text).test(node.text.slice(place.endIndex - node.startIndex));
  return !/^(expression_statement|call)$/.test(outer.parent?.type ?? '');
}

/** `if self._task is None:`, `if key not in self._running:` */
const isGuarded = (place: Node): boolean => {
  for (const outer of ancestorsOf(place)) {
    if (outer.type === 'function_definition') return false;
    const condition = outer.type === 'if_statement' ? textIn(outer, 'condition') : '';
    if (
      /\b(task|thread|timer|running|future|worker)\w*( is None|\.done\(\))|not self\.\w*(task|thread|timer|running)|not in self\./i.test(
        condition,
      )
    )
      return true;
  }
  return false;
};
