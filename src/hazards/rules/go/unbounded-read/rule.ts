import type { Rule } from '../../../rule';
import { limited } from './limited';

/** A read that brings as much as there is. */
export const unboundedRead: Rule = {
  id: 'go/unbounded-read',
  title: 'A read without a limit',
  help: 'What is asked for is answered whole: every entry that waits in the stream, or as many bytes as a client likes to send. It is held in memory at once. Give the read a Count, or the body an end (http.MaxBytesReader), and come back for the rest.',
  words:
    /XRead(Group)?Args|\.ReadAll\(|\.(?:Copy|ReadFrom)\([^\n]*Body\b|\.ReadFrom\((?<=Body\b[^\n]*\n?[^\n]*\.ReadFrom\()|\bhttputil\.DumpRequest\([^\n]*true|\b(req|request|r)\.Write\(/,
  query: `
    (composite_literal type: (qualified_type name: (type_identifier) @name (#any-of? @name "XReadGroupArgs" "XReadArgs"))) @place
    (call_expression function: (selector_expression field: (field_identifier) @method (#any-of? @method "ReadAll" "Copy" "ReadFrom" "DumpRequest"))) @place
    (call_expression
      function: (selector_expression operand: (identifier) @request (#any-of? @request "r" "req" "request") field: (field_identifier) @method (#eq? @method "Write"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ unit }) => (unit === 'message' ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ source }) => `\`${source}\` has no limit: it brings as much as there is, into memory at once.`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [limited],
};
