import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverText } from '../languages/java/file';
import { NamedValues, unresolved, type CallSite, type SourceReader, type Value } from './reference';

/** Reads calls, constructions and constants of a Java file. */
export class JavaReader extends NamedValues implements SourceReader {
  *calls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType(['method_invocation', 'object_creation_expression']))
      yield { node, name: calleeName(node), receiver: receiverText(node), args: argumentsOf(node), named: new Map() };
  }

  valuesOf(expression: Node): Value[] {
    return [
      expression.type === 'string_literal' ? { text: expression.text.slice(1, -1), confidence: 'literal' } : unresolved,
    ];
  }

  makerOf(): CallSite | null {
    return null;
  }

  protected override *given(): Generator<[string, Node]> {
    for (const node of this.root.descendantsOfType('variable_declarator')) {
      const name = node.childForFieldName('name')?.text;
      const value = node.childForFieldName('value');
      if (name !== undefined && value) yield [name, value];
    }
  }
}
