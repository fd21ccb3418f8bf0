import type { Growth } from '../../rule';

/** Packages that bring messages from outside. */
export const brokers =
  /^(org\.apache\.(kafka|pulsar|rocketmq|activemq|qpid|camel)|org\.springframework\.(kafka|amqp|jms|cloud\.stream|cloud\.aws|integration|data\.redis)|com\.rabbitmq|javax\.jms|jakarta\.jms|io\.awspring|com\.amazonaws\.services\.sqs|software\.amazon\.awssdk\.services\.sqs|io\.nats|redis\.clients|io\.lettuce|com\.google\.cloud\.pubsub|com\.azure\.messaging|org\.eclipse\.paho|com\.hivemq|io\.vertx\.(kafka|rabbitmq|amqp)|org\.eclipse\.microprofile\.reactive|io\.smallrye\.reactive|reactor\.(kafka|rabbitmq)|org\.zeromq|io\.micronaut\.(rabbitmq|jms|nats|configuration\.kafka))\b/;

export const sockets =
  /^(java\.net|java\.nio|io\.netty|org\.java_websocket|(javax|jakarta)\.websocket|okhttp3|org\.springframework\.web\.socket|org\.eclipse\.jetty\.websocket|io\.undertow\.websockets)\b/;

/** Packages whose annotated or named methods are run for each request. */
export const webFrameworks =
  /^(org\.springframework\.(web|http)|(javax|jakarta)\.(ws\.rs|servlet)|io\.micronaut\.http|com\.sun\.net\.httpserver|spark|io\.javalin|play\.mvc)\b/;

type Unit = Growth['unit'];

/** Calls that wait for the next item, and what must be imported beside the name; null: the name alone says it. */
export const receivers: Readonly<Record<string, { unit: Unit; imports: RegExp | null }>> = {
  accept: { unit: 'connection', imports: /^java\.(net|nio)\b/ },
  poll: { unit: 'message', imports: /^org\.apache\.(kafka|rocketmq)\b|^com\.rabbitmq\b/ },
  receive: { unit: 'message', imports: brokers },
  receiveMessage: { unit: 'message', imports: /sqs/ },
  receiveAsync: { unit: 'message', imports: brokers },
  nextDelivery: { unit: 'message', imports: null },
  nextMessage: { unit: 'message', imports: /^io\.nats\b/ },
  fetch: { unit: 'message', imports: /^io\.nats\b/ },
  xread: { unit: 'message', imports: /^(redis\.clients|io\.lettuce)\b/ },
  xreadGroup: { unit: 'message', imports: /^(redis\.clients|io\.lettuce)\b/ },
  xreadgroup: { unit: 'message', imports: /^(redis\.clients|io\.lettuce)\b/ },
  blpop: { unit: 'message', imports: null },
  brpop: { unit: 'message', imports: null },
  brpoplpush: { unit: 'message', imports: null },
  take: { unit: 'value', imports: /^java\.util\.concurrent\b/ },
};

/** What holds values of the program, so that `poll(…)` on it brings the next one. */
export const queueObject =
  /queue|deque|inbox|mailbox|backlog|pending|buffer|(^|[._])(jobs|tasks|work|events|requests|messages)$/i;

/** Annotations of methods that a library runs for each message. */
export const listenerAnnotations =
  /^(KafkaListener|KafkaHandler|RabbitListener|RabbitHandler|JmsListener|SqsListener|PulsarListener|StreamListener|ServiceActivator|Incoming|PubsubListener|NatsListener|Queue|Topic|OnMessage)$/;

/** Annotations of methods that a framework runs for each request. */
export const requestAnnotations =
  /^(GetMapping|PostMapping|PutMapping|PatchMapping|DeleteMapping|RequestMapping|MessageMapping|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete)$/;

/** Methods that a library runs for each item, by name. */
export const handlerMethods: Readonly<Record<string, { unit: Unit; imports: RegExp }>> = {
  onMessage: { unit: 'message', imports: new RegExp(`${brokers.source}|${sockets.source}`) },
  handleDelivery: { unit: 'message', imports: /^com\.rabbitmq\b/ },
  consumeMessage: { unit: 'message', imports: /^org\.apache\.rocketmq\b/ },
  received: { unit: 'message', imports: /^org\.apache\.pulsar\b/ },
  messageArrived: { unit: 'message', imports: /^org\.eclipse\.paho\b/ },
  channelRead: { unit: 'request', imports: /^io\.netty\b/ },
  channelRead0: { unit: 'request', imports: /^io\.netty\b/ },
  handleTextMessage: { unit: 'message', imports: /websocket|web\.socket/ },
  handleBinaryMessage: { unit: 'message', imports: /websocket|web\.socket/ },
  onWebSocketText: { unit: 'message', imports: /websocket/ },
  doGet: { unit: 'request', imports: webFrameworks },
  doPost: { unit: 'request', imports: webFrameworks },
  doPut: { unit: 'request', imports: webFrameworks },
};

/** Types of parameters that say what a method is run for each of. */
export const itemTypes: Readonly<Record<string, Unit>> = {
  Socket: 'connection',
  SocketChannel: 'connection',
  AsynchronousSocketChannel: 'connection',
  ConsumerRecord: 'message',
  ConsumerRecords: 'message',
  Delivery: 'message',
  MqttMessage: 'message',
  HttpExchange: 'request',
};

/** Calls that are handed a function which they run once for each message. */
export const callbackCalls: Readonly<Record<string, RegExp>> = {
  basicConsume: /^com\.rabbitmq\b/,
  createDispatcher: /^io\.nats\b/,
  subscribe: /^(io\.nats|org\.eclipse\.paho|com\.hivemq|org\.apache\.pulsar)\b/,
  messageListener: /^org\.apache\.pulsar\b/,
  setMessageListener: /jms|^org\.apache\.activemq|^org\.springframework\.(amqp|jms)/,
  setupMessageListener: /^org\.springframework\.(amqp|jms|kafka)/,
  registerMessageListener: /^org\.apache\.rocketmq\b/,
  addMessageListener: brokers,
};

/** Types of variables that hold such a function. */
export const callbackTypes =
  /^(DeliverCallback|MessageListener|ChannelAwareMessageListener|MessageHandler|MessageReceiver)$/;

/** Conditions of a loop that goes on until somebody stops it. */
export const endlessCondition =
  /^\(?(true|!?\s*\(?(this\.)?\w*(clos|stop|shut|done|exit|cancel|finish|terminat|interrupt|quit|kill|disconnect|complet)\w*(\.get\(\)|\(\))?\)?|(this\.)?_?(is|keep|should)?_?(running|active|alive|connected|started|open|run|working|keepRunning|continu\w*)(\.get\(\)|\(\))?|!?(Thread\.currentThread\(\)|Thread|this|\w+)\.(is)?\w*(interrupt|stop|clos|shutdown|cancel|terminat|running|alive|active|open|complet|started|bound|done)\w*(\.get\(\)|\(\))?)\)?$/i;

/** A flag or a question of the object itself. Where its loop waits for items, it goes on until somebody says stop. */
export const ownCondition = /^\(!?\s*(this\.)?(?!has|next|find|isEmpty|more|ready|empty)\w+(\(\))?\)$/;

/** Calls that wait until there is room. */
export const permitCall =
  /^(tryAcquire|acquire\w*|(waitFor|await)\w*(Slot|Capacity|Permit|Room|Token|Space)\w*|tryLock|try(Increment|Reserve|Take|Enter|Admit)\w*|acquirePermission|throttle)$/;

/** Settings by which a broker stops handing out messages that nobody finished. */
export const creditSettings =
  /\b(basicQos|setPrefetchCount|maxAckPending|maxOutstandingElementCount|setMaxOutstandingElementCount|receiverQueueSize|pullThresholdForQueue|setPullThresholdForQueue)\s*\(/;

/** Methods that tell a broker that a message is done. */
export const settling =
  /^(commitSync|commitAsync|basicAck|ack|acknowledge|acknowledgeAsync|deleteMessage|xack|acknowledgeCumulative)$/;

/** Words of a counter or a limit in a condition. */
export const countWords =
  /size\(\)|count|active|in_?flight|pending|outstanding|\bmax|limit|capacity|remaining|full|busy|compareAndSet|getAndSet|putIfAbsent|isRunning|processing\b|threshold|isDone\(\)|tryAcquire|tryLock|<=?\s*[\w.]*(size|bytes)\b/i;

/** Files of the libraries that make stages of streams: what a stage keeps is what it is for. */
export const stages = /^package (io\.reactivex|reactor\.(core|util)|rx)\b/m;

/** Methods that stop things. */
export const stopName = /^_*(close|stop|shutdown|terminate|cancel|destroy|dispose|teardown|disconnect|cleanup|fini)/i;

/** Names of collections that hold what is free, not what waits. */
export const poolOfFree = /free|idle|avail|unused|recycl|cache|\bpool|spare|returned/i;

/** Names of what runs tasks. */
export const executorObject = /executor|pool|worker|scheduler|exec$|threads?$/i;
