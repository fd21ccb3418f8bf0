import type { Growth } from '../../rule';

/** Methods that wait for the next item from outside the program, and the import that must stand beside the name. */
export interface Receiver {
  unit: Exclude<Growth['unit'], 'value'>;
  /** Null: the name alone says it. */
  imports: RegExp | null;
}

const brokers =
  /kafka|sarama|franz-go|amqp|rabbit|nats|redis|pubsub|sqs|nsq|pulsar|rocketmq|stomp|mqtt|zmq|mangos|azservicebus|azeventhubs/i;
const sockets = /websocket|\/ws$|quic|sctp/i;
const either = new RegExp(`${brokers.source}|${sockets.source}`, 'i');

const each = (unit: Receiver['unit'], names: string, imports: RegExp | null = null) =>
  Object.fromEntries(names.split(' ').map((name): [string, Receiver] => [name, { unit, imports }]));

/** Waiting reads by name: net, kafka-go, confluent-kafka-go, franz-go, nats, go-redis, cloud pubsub, SQS, gRPC, websockets. */
export const receivers: Readonly<Record<string, Receiver>> = {
  ...each('connection', 'Accept AcceptTCP AcceptUnix AcceptStream AcceptUniStream'),
  ...each('packet', 'ReadFrom', /^net$|\/net\//),
  ...each('packet', 'ReadFromUDP ReadFromUDPAddrPort ReadFromUnix ReadMsgUDP'),
  ...each('request', 'Recv RecvMsg'),
  ...each('message', 'FetchMessage NextMsg NextMsgWithContext PollFetches PollRecords'),
  ...each('message', 'XRead XReadGroup BLPop BRPop BRPopLPush BLMove'),
  ...each('message', 'ReceiveMessage ReceiveMessages Receive Fetch', brokers),
  ...each('message', 'ReadMessage', either),
  ...each('message', 'Poll', /kafka/i),
  ...each('message', 'Next', /nats|pulsar/i),
};

/** Calls that return a channel of messages from outside: amqp091, sarama, go-redis, confluent-kafka-go, pulsar. */
export const channelCalls: Readonly<Record<string, RegExp>> = {
  Consume: /amqp|rabbit/i,
  ConsumeWithContext: /amqp|rabbit/i,
  Messages: /sarama|kafka/i,
  Channel: /redis/i,
  ChannelWithSubscriptions: /redis/i,
  Events: /kafka/i,
  Chan: /pulsar/i,
};

/** Calls that run a function once for each message: nats.go, jetstream, paho, cloud pubsub, stan, franz-go, go-micro. */
export const callbackCalls: Readonly<Record<string, RegExp>> = {
  Subscribe: /nats|stan\.go|mqtt|redis|centrifuge/i,
  SubscribeMultiple: /mqtt/i,
  QueueSubscribe: /nats|stan\.go/i,
  SetDefaultPublishHandler: /mqtt/i,
  AddRoute: /mqtt/i,
  Consume: /jetstream/i,
  Receive: /pubsub/i,
  EachRecord: /franz-go/i,
  AddConcurrentHandlers: /nsq/i,
};

/** Words of a file that hands functions on at all: it need not be searched without them. */
export const handing = new RegExp(`\\.(${Object.keys(callbackCalls).join('|')})\\(`);

/** Parameter types that are one message: a function that takes one is called for each. */
export const messageTypes =
  /^\*?(nats\.Msg|jetstream\.Msg|stan\.Msg|mqtt\.Message|[Mm][Qq][Tt][Tt]\.Message|pubsub\.Message|amqp(091)?\.Delivery|sarama\.ConsumerMessage|kafka\.Message|kgo\.Record|nsq\.Message|message\.Message|redis\.(Message|XMessage)|pulsar\.(Message|ConsumerMessage))$/;

/** Methods that tell a broker that a message is done. */
export const settling =
  /^(Ack|AckSync|DoubleAck|Commit\w*|MarkMessage|MarkOffset|MarkCommit\w*|StoreOffsets?|XAck|DeleteMessage\w*|Finish)$/;

/** Channels that tell the time or an end rather than bring work. */
export const quietChannel =
  /\bDone\(\)|\btime\.|(^|[._])(ticker?s?|timer?s?|timeout\w*|done\w*|quit\w*|stop\w*|clos(e|ed|ing)\w*|exit\w*|shutdown\w*|term\w*|kill\w*|interrupts?|hup\w*|signals?|sig(s|nal)?(ch|chan)?|reload\w*|cancel\w*|err(or)?s?(ch|chan)?)$|(Stop|Close|Done|Quit|Exit|Shutdown|Cancel)\w*\(\)$|config|setting|(Done|Quit|Stop|Closed?|Exit|Shutdown|Signals?|Sig|Reload|Cancel|Errs?|Errors?|Tick(er)?|Timer?|Timeout)(Ch|Chan|Channel|C)?$|\.C$/i;

/** Types of items that are no work: signals, service control, bare wake-ups, errors, the time. */
export const quietItem = /^(os\.Signal|svc\.ChangeRequest|struct\s*\{\s*\}|error|time\.Time)$/;

/** Channels whose items are permits: taking one is a bound. */
export const permitChannel =
  /sem|token|limit|permit|slot|ticket|throttle|pool|free|avail|idle|credit|concurren|worker|bucket|gate/i;

/** Calls that wait for, or ask for, a permit. */
export const permitCall =
  /^(Try)?Acquire|^(try)?[aA]cquire|^Take$|^WaitN?$|^AllowN?$|^Reserve|^[tT]hrottle|^[lL]imit(er)?$|^(wait|take|get)(For)?\w*(Slot|Token|Permit|Capacity)/;

/** Settings by which a broker stops handing out messages that nobody finished. */
export const creditSettings =
  /\.Qos\(|\bMaxOutstandingMessages\b|\bMaxAckPending\b|\bMaxOutstandingBytes\b|\.ChannelQos\(/;

/** Words of a counter or a limit in a comparison. */
export const countWords =
  /len\(|count|active|running|in_?flight|pending|outstanding|num|size|load|max|limit|capacity|cap\(|budget|quota/i;

/** What a count is compared with, rather than the count. */
export const limitWords = /max|limit|cap(acity)?\b|cap\(|budget|quota|threshold|highest|most/i;

/** Calls that are handed what shall run when something ends. */
export const keepsForStop =
  /^(Add|On|Register|Before|With)\w*(Closers?|Close|Shutdown|Stop|Exit|Cleanup)(Func|Hook)?$|^Cleanup$/;

/** Functions that stop things: what they start ends with them. */
export const stopName = /^(graceful|trigger)?(close|stop|shutdown|shut|terminate|cancel|exit|kill|destroy|teardown)/i;
