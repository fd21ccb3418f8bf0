/** Packages that bring messages from outside. */
export const brokers =
  /^(kafkajs|node-rdkafka|@confluentinc\/kafka-javascript|@platformatic\/kafka|amqplib(\/.*)?|amqp-connection-manager|ioredis|redis|@redis\/.*|nats|@nats-io\/.*|mqtt|zeromq|stompit|@stomp\/.*|bullmq|bull|bee-queue|sqs-consumer|@aws-sdk\/client-sqs|@google-cloud\/pubsub|@azure\/(service-bus|event-hubs)|pulsar-client|nsqjs)$/;

export const sockets = /^(ws|socket\.io(-client)?|uWebSockets\.js|(node:)?(dgram|net)|faye-websocket|websocket)$/;

/** Events that come once for each item, and what comes. */
export const itemEvents: Readonly<Record<string, 'message' | 'chunk'>> = {
  message: 'message',
  messageBuffer: 'message',
  pmessage: 'message',
  pmessageBuffer: 'message',
  smessage: 'message',
  data: 'chunk',
  row: 'chunk',
};

/** Names of events of which there is one for each item. */
export const itemEvent =
  /^(events?|msg|packets?|frames?|publish(ed)?|notifications?|updates?|jobs?|tasks?|delivery|records?|documents?|rows?|entry|entries|data|ephemeral|raw|samples?|readings?|telemetry|item|payload|chunk|ops?|commands?|tick|trade|block|tx|transaction|changes)$|messages?(?![a-z])|(^|[:._-])(event|msg|packet|update|notification|job)s?([:._-]|$)/i;

/** Events that come when something begins, ends or fails, and not once for each item. */
export const lifecycleEvent =
  /^(open|ready|connect\w*|listen\w*|start\w*|stop\w*|close\w*|end\w*|finish\w*|exit|error|warn\w*|disconnect\w*|reconnect\w*|drain|pipe|unpipe|pause|resume|timeout|ping|pong|init\w*|load\w*|online|offline|before\w*|after\w*|upgrade|header\w*|SIG\w+|unhandledRejection|uncaughtException|abort\w*|cancel\w*|destroy\w*|shutdown|beforeExit|quit|login|logout|auth\w*|qr|join\w*|leave|activate|window-all-closed|fail\w*|success|complete\w*|done|secure\w*|lookup|session|response|reply|subscribe\w*|unsubscribe\w*|error:\w+|change:\w+|keylog)$/i;

/** Names of what receives messages from outside, whatever library it is of. */
export const receivingEmitter =
  /(^|[._])_?(ws|socket|websocket|conn|connection|client|subscriber|consumer|mqtt|redis|pubsub)$/i;

/** Emitters whose events come at a person's pace or from a part of the same program. */
export const quietEmitter =
  /\bprocess\b|stdin|stdout|stderr|parentPort|worker|cluster|child|proc\b|^(window|self)$|port\d?$|keyboard|tty|rl$|readline/i;

/** Properties whose function a library runs for each message: kafkajs, sqs-consumer. */
export const handlerProperties: Readonly<Record<string, RegExp>> = {
  eachMessage: /^(kafkajs|@confluentinc\/kafka-javascript)$/,
  eachBatch: /^(kafkajs|@confluentinc\/kafka-javascript)$/,
  handleMessage: /^sqs-consumer$/,
  handleMessageBatch: /^sqs-consumer$/,
};

/** Methods to which a function is handed that they run for each message: amqplib, nats, redis, pub/sub. */
export const callbackMethods: Readonly<Record<string, RegExp>> = {
  consume: /^(amqplib(\/.*)?|amqp-connection-manager)$/,
  subscribe: /^(nats|@nats-io\/.*|redis|@redis\/.*|@stomp\/.*|stompit)$/,
  pSubscribe: /^(redis|@redis\/.*)$/,
  process: /^(bull|bee-queue)$/,
};

/** Awaited calls that bring the next message. */
export const receivers =
  /^(receive\w*|blpop|brpop|blPop|brPop|blmove|blMove|xread|xRead|xreadgroup|xReadGroup|fetch|pull|next|dequeue|popMessage|send)$/;

/** What a `for await` loop walks when messages come from outside. */
export const endlessIterable = /consumer|messages?\b|subscription|\bsub\b|stream|queue|events?\b|listen|on\(/i;

/** Awaited calls that give way to a limit. */
export const permitCall =
  /^(acquire\w*|wait(For)?(Slot|Token|Permit|Capacity|Room|Drain|Idle)?|take|reserve|removeTokens|onSizeLessThan|onIdle|onEmpty|limit|throttle|schedule|runExclusive|use|lock)$/i;

/** Functions and methods that run what they are given when there is room. */
export const poolCall =
  /^(limit\w*|\w*[Ll]imit(er)?|schedule|enqueue|add|push|addTask|runExclusive|use|throttle\w*|debounce\w*|withLock|withPermit|run)$/;

/** What a pool is called. */
export const poolObject = /limit|queue|pool|sema|mutex|bottleneck|throttl|lock|lane|batch/i;

/** Sinks that are no streams with a buffer worth waiting for: hashes, consoles, terminals. */
export const quietSink =
  /\bprocess\b|stdout|stderr|console|parser$|hash|hmac|cipher|sign|verify|digest|logger|\blog\b|term|tty|spinner/i;

/** Functions that stop things. */
export const stopName = /^(close|stop|shutdown|terminate|cancel|destroy|dispose|teardown|disconnect)/i;
