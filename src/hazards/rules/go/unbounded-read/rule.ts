import type { Rule } from '../../../rule';
import { limited } from './limited';
import { words } from './words';
import { doubtText } from '../../sentences';
import { methodCall } from '../methodCall';

/** A read that brings as much as there is. */
export const unboundedRead: Rule = {
  id: 'go/unbounded-read',
  title: 'A read without a limit',
  help: 'What is asked for is answered whole: every entry that waits in the stream, or as many bytes as a client likes to send, as a line has before its end, as come out of what is packed, as a command prints or as is announced before it comes. It is held in memory at once. Give the read a Count, a web socket its SetReadLimit, a body, a line or what is unpacked an end (http.MaxBytesReader, io.LimitReader), and come back for the rest.',
  words,
  query: `
    (composite_literal type: (qualified_type name: (type_identifier) @name (#any-of? @name "XReadGroupArgs" "XReadArgs"))) @place
    ${methodCall('ReadAll Copy ReadFrom DumpRequest DumpRequestOut GetRawData Bind BindJSON BindXML BindYAML ShouldBind ShouldBindJSON ShouldBindXML ShouldBindYAML ShouldBindBodyWith DecodeJSON ReadMessage ReadJSON ReadData ReadText ReadBinary ReadClientData ReadClientText ReadClientBinary ReadClientMessage ReadServerData ReadServerText ReadServerBinary ReadServerMessage ReadString ReadBytes ReadLine ReadLineBytes ReadContinuedLine ReadContinuedLineBytes ReadMIMEHeader ReadDotBytes ReadDotLines Output CombinedOutput Decode DecodeAll Decompress Keys LRange ZRange ZRevRange ZRangeWithScores XRange')} @place
    (call_expression
      function: (identifier) @made (#eq? @made "make")
      arguments: (argument_list . (slice_type element: (type_identifier) @item (#eq? @item "byte")))) @place
    (call_expression
      function: (selector_expression operand: (identifier) @request (#any-of? @request "r" "req" "request") field: (field_identifier) @method (#eq? @method "Write"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ unit }) => (unit === 'message' ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ source, doubt }) =>
    `\`${source}\` has no limit: it brings as much as there is, into memory at once.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [limited],
};
