import type { Growth } from '../../rule';

/** Namespaces that bring messages from outside. */
export const brokers =
  /^(Confluent\.Kafka|RabbitMQ\.|MassTransit|EasyNetQ|NATS\.|StackExchange\.Redis|Amazon\.SQS|Azure\.Messaging|Microsoft\.Azure\.(ServiceBus|EventHubs)|NServiceBus|Rebus|DotNetCore\.CAP|MQTTnet|Silverback|KafkaFlow|Wolverine|Google\.Cloud\.PubSub|NetMQ|Apache\.NMS|DotPulsar|Akka\.Streams)/;

export const sockets = /^(System\.Net(\.|$)|Microsoft\.AspNetCore\.SignalR|WebSocketSharp|Fleck|SuperSocket|DotNetty)/;

interface Receiver {
  unit: Exclude<Growth['unit'], 'chunk' | 'element'>;
  /** Null: the name alone says it. */
  imports: RegExp | null;
}

/** Calls that wait for the next item from outside the program. */
export const receivers: Readonly<Record<string, Receiver>> = {
  Consume: { unit: 'message', imports: /^Confluent\.Kafka/ },
  ConsumeBatch: { unit: 'message', imports: brokers },
  AcceptTcpClient: { unit: 'connection', imports: null },
  AcceptTcpClientAsync: { unit: 'connection', imports: null },
  AcceptSocketAsync: { unit: 'connection', imports: null },
  AcceptSocket: { unit: 'connection', imports: null },
  AcceptAsync: { unit: 'connection', imports: null },
  Accept: { unit: 'connection', imports: sockets },
  WaitForConnectionAsync: { unit: 'connection', imports: null },
  GetContextAsync: { unit: 'request', imports: sockets },
  GetContext: { unit: 'request', imports: sockets },
  ReceiveFromAsync: { unit: 'packet', imports: null },
  ReceiveMessageAsync: { unit: 'message', imports: brokers },
  ReceiveMessagesAsync: { unit: 'message', imports: brokers },
  BasicGet: { unit: 'message', imports: /^RabbitMQ/ },
  BasicGetAsync: { unit: 'message', imports: /^RabbitMQ/ },
  StreamReadGroup: { unit: 'message', imports: null },
  StreamReadGroupAsync: { unit: 'message', imports: null },
  StreamReadAsync: { unit: 'message', imports: null },
  ListLeftPopAsync: { unit: 'message', imports: null },
  ListRightPopAsync: { unit: 'message', imports: null },
  ReceiveFrameString: { unit: 'message', imports: null },
  NextMsgAsync: { unit: 'message', imports: null },
};

/** The same for what only the object it is called on tells: channels, queues, sockets. */
export const channelReceivers =
  /^(ReadAsync|Take|TryTake|TryDequeue|TryRead|ReceiveAsync|Receive|DequeueAsync|Dequeue)$/;

/** What such a call is made on that brings work. */
export const channelObject =
  /reader\b|queue|channel|inbox|mailbox|jobs|work\b|buffer|pending|backlog|blocking|collection/i;

/** What walks an endless stream in `await foreach`. */
export const endlessStream = /ReadAllAsync\(|Consume|Subscri|Messages|Receive|Stream|Listen|Fetch|Events/;

/** Events that are raised for each message. */
export const messageEvents =
  /^(Received|ReceivedAsync|MessageReceived|OnMessage|OnMessageReceived|ProcessMessageAsync|ProcessEventAsync|ApplicationMessageReceivedAsync|DataReceived|NewMessageReceived)$/;

/** Calls that are handed a function which they run once for each item, and the namespace that must be used. */
export const callbackCalls: Readonly<Record<string, { unit: Growth['unit']; imports: RegExp | null }>> = {
  Subscribe: { unit: 'message', imports: /^(StackExchange\.Redis|EasyNetQ|NATS)/ },
  SubscribeAsync: { unit: 'message', imports: /^(StackExchange\.Redis|EasyNetQ|NATS)/ },
  RegisterMessageHandler: { unit: 'message', imports: null },
  MapPost: { unit: 'request', imports: null },
  MapPut: { unit: 'request', imports: null },
  MapGet: { unit: 'request', imports: null },
  MapDelete: { unit: 'request', imports: null },
};

/** Interfaces whose method is run for each message, and answers to the broker when it returns. */
export const handlerTypes =
  /\b(IConsumer|IHandleMessages|ICapSubscribe|IKafkaConsumer|IMessageHandler|IJobConsumer)\s*(<|$)/;
export const handlerMethods = /^(Consume|Handle|HandleAsync|Run)$/;

/** Consumers of RabbitMQ, whose method is run for each delivery. */
export const deliveryMethods = /^HandleBasicDeliver(Async)?$/;

/** Attributes and parameters of a method that a framework runs for each message or request. */
export const messageAttributes = /^\[\s*(CapSubscribe|ServiceBusTrigger|QueueTrigger|KafkaTrigger|RabbitMQTrigger)\b/;
export const requestAttributes = /^\[\s*(HttpPost|HttpGet|HttpPut|HttpDelete|HttpPatch|Route)\b/;
export const requestParameters = /\b(ServerCallContext|HttpContext|HttpRequest)\b/;

/** What a limit is called. */
export const limitObject = /sem(aphore)?|limit|throttl|slots?\b|permits?\b|gate\b|bulkhead|concurren|mutex|lock\b/i;

/** Calls that wait for a permit. */
export const permitCall = /^(WaitAsync|Wait|WaitOne|AcquireAsync|Acquire|EnterAsync|LockAsync|WaitForSlot\w*)$/;

/** Settings by which a broker stops handing out messages that nobody finished. */
export const creditSettings =
  /\b(BasicQos|BasicQosAsync|prefetchCount|PrefetchCount|ConcurrentMessageLimit|MaxConcurrentCalls|MaxAckPending|MaxConcurrentSessions|UseConcurrencyLimit)\b/;

/** Methods that tell a broker that a message is done. */
export const settling =
  /^(Commit|StoreOffset|BasicAck|BasicAckAsync|CompleteMessageAsync|CompleteAsync|DeleteMessageAsync|StreamAcknowledge(Async)?|AckAsync|Ack)$/;

/** Words of a counter or a limit in a condition. */
export const countWords =
  /Count\b|Length\b|active|running|in_?flight|pending|outstanding|\bmax|limit|capacity|Interlocked|CurrentCount|busy|TryAdd|ContainsKey|IsFull|IsCompleted|Status\b/i;

/** Functions that stop things. */
export const stopName = /^(Close|Stop|Shutdown|Terminate|Cancel|Dispose|Teardown|Disconnect|Cleanup|Exit)/i;

/** Conditions of a loop that goes on until somebody stops it. */
export const endlessCondition =
  /^\(?\s*(true|!\s*[\w.?()]*(IsCancellationRequested|cancel|stop|clos|dispos|shut|exit|done|complet)[\w.?()]*|[\w.]*(running|_?is_?running|active|alive|connected|started|listening|IsOpen|IsListening)(\(\))?)/i;
