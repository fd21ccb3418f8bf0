import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, JavaFile, receiverText } from '../../../languages/java/file';
import { keptBy } from '../../../languages/java/clients';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';

/** `emitter.onCompletion(() -> emitters.remove(…));` above the line that keeps the emitter. */
export function removed(made: Node, _growth: Growth, text: string): Fix | null {
  const variable =
    made.parent?.type === 'variable_declarator' ? made.parent.childForFieldName('name')?.text : undefined;
  const root = [...ancestorsOf(made)].at(-1);
  const file = root && new JavaFile(root);
  const kept = variable !== undefined && file ? keptBy(variable, made, file) : null;
  const statement = kept && statementIn(kept, ['block']);
  const [key] = kept ? argumentsOf(kept) : [];
  const method = file?.methodAround(made)?.node.text ?? '';
  // What a lambda reads must keep its value.
  const fixed = (name: string) =>
    !new RegExp(`(?<![\\w.])${name}\\s*(=(?!=)|\\+\\+|--|[-+]=)`).test(method.replace(`${name} = new`, ''));
  if (!kept || !statement || !key || variable === undefined || !/^\w+$/.test(key.text)) return null;
  if (!fixed(variable) || !fixed(key.text) || !/^(add|put)$/.test(calleeName(kept))) return null;
  const line = linesAbove(statement, text, [
    `${variable}.onCompletion(() -> ${receiverText(kept)}.remove(${key.text}));`,
  ]);
  return (
    line && {
      id: 'java/ignores-disconnect/remove',
      title: 'Take it out when the client leaves (onCompletion)',
      edits: [line],
    }
  );
}
