/** Everything that starts a goroutine: `go f()`, and `group.Go(func …)` of errgroup and its like. */
export const startedGoroutines = {
  words: /\bgo\s+[\w(*]|\.Go\(/,
  query: `
    (go_statement) @place
    (call_expression
      function: (selector_expression field: (field_identifier) @method (#eq? @method "Go"))
      arguments: (argument_list . (func_literal) .)) @place`,
};

/** Everything that makes a slice or list longer, in files that import what messages come from or name what waits. */
export const madeLonger = {
  words:
    /"[^"\n]*(kafka|sarama|franz-go|amqp|rabbit|nats|redis|pubsub|sqs|nsq|pulsar|stomp|mqtt|zmq|websocket|quic)[^"\n]*"|\.(Push(Back|Front)?|Enqueue|Offer)\(|(queue|backlog|inbox|outbox|mailbox|unsent|outgoing|incoming|waiting|pending|messages|msgs|events|tasks|jobs|items|packets|frames|batch|buffer|buf)s?(\[[\w.]+\])? = append\(/i,
  query: `
    (assignment_statement right: (expression_list (call_expression function: (identifier) @name (#eq? @name "append")))) @place
    (expression_statement
      (call_expression
        function: (selector_expression
          field: (field_identifier) @method (#any-of? @method "PushBack" "PushFront" "Push" "Enqueue" "Offer")))) @place
    (short_var_declaration
      right: (expression_list
        (call_expression
          function: (selector_expression field: (field_identifier) @method (#any-of? @method "PushBack" "PushFront"))))) @place
    (assignment_statement
      right: (expression_list
        (call_expression
          function: (selector_expression field: (field_identifier) @method (#any-of? @method "PushBack" "PushFront"))))) @place`,
};
