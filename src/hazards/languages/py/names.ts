import type { Growth } from '../../rule';

/** Modules that bring messages from outside. */
export const brokers =
  /^(aiokafka|kafka|confluent_kafka|pika|aio_pika|aiormq|kombu|amqp|celery|faust|faststream|nats|redis|aioredis|coredis|aiobotocore|boto3|aioboto3|paho|gmqtt|aiomqtt|asyncio_mqtt|stomp|zmq|pulsar|google\.cloud\.pubsub|azure\.servicebus|azure\.eventhub|stan|nsq|dramatiq|quixstreams)(\.|$)/;

export const sockets =
  /^(websockets|websocket|aiohttp|starlette|fastapi|socketio|tornado|autobahn|socket|picows|quart|sanic|wsproto)(\.|$)/;

export const either = new RegExp(`${brokers.source}|${sockets.source}`);

/** Calls that wait for the next item, and the module that must be imported beside the name; null: the name alone says it. */
export const receivers: Readonly<Record<string, { unit: Exclude<Growth['unit'], 'chunk'>; imports: RegExp | null }>> = {
  accept: { unit: 'connection', imports: /^(socket|asyncio|trio|anyio|multiprocessing)/ },
  sock_accept: { unit: 'connection', imports: null },
  recvfrom: { unit: 'packet', imports: null },
  sock_recvfrom: { unit: 'packet', imports: null },
  recv: { unit: 'message', imports: either },
  recv_multipart: { unit: 'message', imports: null },
  recv_json: { unit: 'message', imports: /^zmq/ },
  recv_string: { unit: 'message', imports: /^zmq/ },
  receive: { unit: 'message', imports: either },
  receive_json: { unit: 'message', imports: sockets },
  receive_text: { unit: 'message', imports: sockets },
  receive_bytes: { unit: 'message', imports: sockets },
  read_message: { unit: 'message', imports: /^tornado/ },
  receive_message: { unit: 'message', imports: null },
  receive_messages: { unit: 'message', imports: null },
  getone: { unit: 'message', imports: null },
  getmany: { unit: 'message', imports: null },
  poll: { unit: 'message', imports: /kafka/ },
  consume: { unit: 'message', imports: /kafka/ },
  get_message: { unit: 'message', imports: /redis/ },
  xread: { unit: 'message', imports: null },
  xreadgroup: { unit: 'message', imports: null },
  xread_group: { unit: 'message', imports: null },
  blpop: { unit: 'message', imports: null },
  brpop: { unit: 'message', imports: null },
  brpoplpush: { unit: 'message', imports: null },
  blmove: { unit: 'message', imports: null },
  bzpopmin: { unit: 'message', imports: null },
  next_msg: { unit: 'message', imports: null },
  fetch: { unit: 'message', imports: /^nats/ },
  drain_events: { unit: 'message', imports: null },
  get: { unit: 'value', imports: null },
};

/** What a program calls its own way to wait for the next item. */
export const ownReceivers =
  /^_*(blocking_)?(dequeue|get_updates|next_(job|task|message|event|packet|frame|request|command)|(get|fetch|receive|recv|read|wait_for|pop|pull)_(the_)?(next_)?(job|task|message|msg|event|packet|frame|update|command|request|datagram)s?)$/;

/** What the reading end of a connection is called. */
export const streamReader = /^(\w+\.)*_?(stream_?)?reader$/i;

/** What holds values of the program, so that `get()` on it waits for the next one. */
export const queueObject = /queue|inbox|mailbox|chan(nel)?$|(^|[._])(q|in_q|jobs|tasks|work|pending|backlog|buffer)$/i;

/** What an `async for` walks when messages come from outside. */
export const endlessIterable =
  /consumer|messages?\b|subscri|\bsub\b|pubsub|stream|queue|events?\b|listen|websocket|\bws\b|iterator\(|connect\(|deliver/i;

/** Calls that are handed a function which they run once for each message, and the module that must be imported. */
export const callbackCalls: Readonly<Record<string, RegExp>> = {
  basic_consume: /^pika/,
  consume: /^(aio_pika|aiormq|kombu)/,
  subscribe: /^(nats|stan|stomp|google\.cloud\.pubsub)/,
  create_consumer: /^pulsar/,
  register_callback: /^kombu/,
  message_callback_add: /^paho/,
  add_listener: /^(asyncpg|psycopg)/,
};

/** Attributes whose function a library runs for each message: paho and gmqtt clients, websocket-client. */
export const handlerAttributes = /\.on_(message|data)$/;

/** Words of a file that sets one: it need not be searched without them. */
export const handlerAttributeSet = new RegExp(handlerAttributes.source.replace('$', '\\s*='));

/** Words of a file that hands functions on at all: it need not be searched without them. */
export const handing = new RegExp(`\\b(${Object.keys(callbackCalls).join('|')}|on)\\(|${handlerAttributeSet.source}`);

/** Decorators whose function a library runs for each message: faust, FastStream, nameko. */
export const handlerDecorators = /^@\s*[\w.]*\.?(subscriber|agent|rpc|event_handler|consumer)\b/;

/** Decorators whose function a web framework runs for each request. */
export const requestDecorators = /^@\s*[\w.]+\.(get|post|put|patch|delete|route|api_route|websocket)\(/;

export const webFrameworks = /^(fastapi|starlette|flask|quart|sanic|aiohttp|litestar|blacksheep)(\.|$)/;

/** Methods of protocols and handlers that are run for each item, by name. */
export const handlerMethods: Readonly<Record<string, { unit: Growth['unit']; imports: RegExp | null }>> = {
  datagram_received: { unit: 'packet', imports: null },
  on_message: { unit: 'message', imports: either },
};

/** Types of what brokers deliver: aio-pika, aiokafka and kafka-python, nats, azure. */
export const deliveredTypes =
  /^((Abstract)?(Incoming|Delivered)Message|ConsumerRecord|Msg|ServiceBusReceivedMessage|EventData|DeliveredMessage)$/;

/** Types of what programs hand on one by one. */
export const itemTypes =
  /^\w*(Message|Interaction|Update|Notification|Delivery|Envelope)$|^\w+(Received|Incoming|Gateway)\w*Event$/;

/** Functions that are there to take what comes. */
export const takesItems =
  /Received$|_(received|notification)$|^_*(on|handle|process|dispatch|recv|receive|got|feed)(_|[A-Z]|$)|^on(message|data|packet|event|frame|update|request)s?$/;

/** Calls that start something and go on. */
export const spawning =
  /^([a-z_]*create_([a-z]+_)?task|fire_and_forget|(run|start|spawn)_in_background|(start|spawn|start_background)_task|ensure_future|start_soon|run_coroutine_threadsafe|spawn|spawn_n|submit|_?([A-Z][A-Za-z]*)?Thread|Process|start_new_thread)$/;

/** Calls that start something and wait until there is room for it. */
export const permitCall =
  /^(acquire\w*|_?acquire_\w+|wait_for_(slot|capacity|room|token)\w*|throttle|_?take_(token|slot|permit)\w*)$/i;

/** What a limit is called. */
export const limitObject =
  /sem(aphore)?s?\b|sema|limit|lock|throttl|bulkhead|slots?\b|permits?\b|tokens?\b|mutex|gate\b|concurren/i;

/** Pools that let in only so many: gevent and eventlet pools, aiojobs. */
export const boundedPools =
  /(?<!class )\b(GreenPool|AsyncioPool|aiojobs\.Scheduler|create_scheduler|WorkerPool|BoundedExecutor|BoundedThreadPoolExecutor)\(|gevent\.pool/;

/** Settings by which a broker stops handing out messages that nobody finished. */
export const creditSettings =
  /\b(basic_qos|set_qos|qos)\b(?=\s*\()|\b(prefetch_count|prefetch|max_in_flight|max_ack_pending|flow_control|pending_msgs_limit)\b(?=\s*[(=])/;

/** Methods that tell a broker that a message is done. */
export const settling =
  /^(ack|basic_ack|ack_sync|commit|commit_async|store_offsets?|xack|delete_message|task_done|acknowledge)$/;

/** Words of a counter or a limit in a condition. */
export const countWords =
  /\blen\(|count|active(?!_(fut|task))|running|in_?flight|pending|outstanding|size|\bmax|limit|capacity|full\(|qsize|busy|(?<![a-z])locked|done\(\)|in_progress|processing/i;

/** Conditions under which things go on as long as nobody stops them, and their opposite. */
export const alive = /^[\w.]*\b_*(is_)?(running|active)(\(\))?$/;
export const notAlive = /^not [\w.]*\b_*(is_)?(running|active)(\(\))?$/;

/** Has somebody stopped all of it? */
export const stopped = /^(not )?[\w.]*(stop|clos|shut|cancel|exit)\w*\.(done|is_set|locked)\(\)$/i;

/** Functions that stop things. */
export const stopName =
  /^_*(close|stop|shutdown|terminate|cancel|aclose|teardown|disconnect|cleanup|exit|__aexit__|__exit__)/i;

/** Conditions of a loop that goes on until somebody stops it. */
export const endlessCondition =
  /^(True|1|not [\w.]*(clos|stop|shut|done|exit|cancel|finish|terminat|event|complet)[\w.]*(\(\))?|(self\.|cls\.)?_*((is|\w+)_)?(running|active|alive|connected|started|open|keep\w*|should\w*|polling|listening|consuming|receiving|reading|looping|working|serving|processing|enabled|run|loop|go_?on)(\(\)|\[[^\]]*\])?)$/i;
