import type { Growth } from '../../rule';

/** Crates that bring messages from outside. */
export const brokers =
  /^(rdkafka|kafka|rskafka|samsa|lapin|amqprs|amqp\w*|amiquip|async_nats|nats|redis|fred|deadpool_redis|bb8_redis|rumqttc|paho_mqtt|pulsar|fluvio|sea_streamer\w*|aws_sdk_sqs|rusoto_sqs|google_cloud_pubsub|zeromq|zmq|tmq|nsq\w*|iggy|celery|apalis\w*|azure_messaging_\w+)(::|$)/;

/** Crates that bring messages over a socket of their own. */
export const sockets =
  /^(tokio_tungstenite|tungstenite|async_tungstenite|fastwebsockets|actix_ws|actix_web_actors|ezsockets|libp2p\w*|tokio_websockets)(::|$)/;

export const either = new RegExp(`${brokers.source}|${sockets.source}`);

/** Crates in which `spawn` starts something that nobody waits for. */
export const spawners =
  /^(tokio|tokio_util|async_std|smol|async_executor|async_global_executor|futures\w*|rayon|std::thread|actix_rt|actix|actix_web|actix_rt|glommio|monoio|compio|executors|threadpool)(::|$)/;

/** Calls that start something and go on. */
export const spawning = /^spawn(_blocking|_local|_on|_pinned)?$/;

/** What `spawn` is called on that starts no task: programs, entities of a game. */
export const otherSpawners = /command|\bcmd|child|\bworld\b|^(s|scope|scoped)$/i;

interface Receiver {
  unit: Exclude<Growth['unit'], 'chunk' | 'element'>;
  /** Null: the name alone says it. */
  imports: RegExp | null;
}

/** Calls that wait for the next item from outside the program. */
export const receivers: Readonly<Record<string, Receiver>> = {
  accept: { unit: 'connection', imports: null },
  accept_bi: { unit: 'request', imports: null },
  accept_uni: { unit: 'request', imports: null },
  recv_from: { unit: 'packet', imports: null },
  recv_multipart: { unit: 'message', imports: null },
  xread: { unit: 'message', imports: null },
  xread_options: { unit: 'message', imports: null },
  blpop: { unit: 'message', imports: null },
  brpop: { unit: 'message', imports: null },
  brpoplpush: { unit: 'message', imports: null },
  blmove: { unit: 'message', imports: null },
  receive_message: { unit: 'message', imports: null },
  next_message: { unit: 'message', imports: null },
  read_message: { unit: 'message', imports: either },
  poll: { unit: 'message', imports: /^(rdkafka|kafka|rumqttc)(::|$)/ },
  message: { unit: 'request', imports: /^tonic(::|$)/ },
};

/** Calls that wait for the next item of a channel or stream, whoever fills it. */
export const channelReceivers = /^(recv|recv_async|recv_timeout|try_recv|next|try_next|select_next_some|next_event)$/;

/** What is received from that brings no work: ends, signals, the clock, what was started before. */
export const quietSource =
  /shut_?down|stop|cancel|exit|quit|signal|\bsig|term|ctrl_c|\btick|interval|timer|delay|sleep|reload|config|setting|watch|notif|kill|close|done\b|abort|ready|wake|futures|futs|unordered|join|handles|\btasks\b|tasks\.next|\bset\b|entries|read_dir|\bdir\b|\biter|rows|pages|paginator|lines|chars|tokens|\bpermits?|\bsem|slots|limit|ack_|_ack|result|respon|reply|oneshot|state_change/i;

/** What an accepted connection comes out of. */
export const connectionSource = /incoming|listener|acceptor|connections\b|\bserver\b/i;

/** What is received from that is filled by a client of a broker or a socket. */
export const messageSource =
  /consumer|subscri|\bsub\b|messages?\b|delivery|deliveries|stream|pubsub|\bws|websocket|socket|listen|read\b|reader|receiver|\brx\b|events?\b|swarm|event_?loop/i;

/** Calls that hand a function which is run once for each message. */
export const callbackCalls: Readonly<Record<string, RegExp>> = {
  set_delegate: /^lapin/,
  for_each: either,
  try_for_each: either,
};

/** Types of a parameter whose function is run for each message; a channel or list of them is none. */
export const messageTypes =
  /^&?\s*(?:'\w+\s+)?(?:mut\s+)?(?:(?:Option|Result|Arc|Box)<)?((?:\w+::)*(?:BorrowedMessage|OwnedMessage|Delivery|DeliveryResult|SharedMessage|SeaMessage)|async_nats::Message|jetstream::Message)\b/;

/** Parameters and attributes of a function that a web framework runs for each request. */
export const requestTypes = /\b(State|Json|Extension|Query|Path|HttpRequest|Request)\s*</;
export const requestAttributes = /^#\[\s*(\w+::)?(get|post|put|patch|delete|route)\s*\(/;
export const webFrameworks = /^(axum|actix_web|rocket|warp|tonic|poem|hyper|salvo|tide)(::|$)/;

/** Methods of traits that a client runs for each message. */
export const handlerMethods: Readonly<Record<string, RegExp>> = {
  consume: /\bAsyncConsumer\b/,
  on_new_delivery: /\bConsumerDelegate\b/,
};

/** Calls that wait for a permit. */
export const permitCall =
  /^(try_)?acquire(_\w+)?$|^until_(n_)?ready\w*$|^(get|take|wait_for|reserve)_?(slot|permit|token|capacity)\w*$|^reserve(_owned)?$|^throttle$/;

/** Settings by which a broker stops handing out messages that nobody finished. */
export const creditSettings =
  /\b(basic_qos|BasicQosArguments|max_ack_pending|prefetch_count|prefetch|set_inflight|max_outstanding_messages)\b\s*[(:]/;

/** Methods that tell a broker that a message is done. */
export const settling =
  /^(ack|basic_ack|double_ack|commit_message|commit|commit_consumer_state|store_offset\w*|xack|delete_message)$/;

/** Words of a counter or a limit in a condition. */
export const countWords =
  /\blen\(\)|count|active|running|in_?flight|pending|outstanding|num_|size|\bmax|limit|capacity|full\b|is_full|available|busy|fetch_add|compare_(exchange|and_swap)|ptr_eq|contains_key|is_running|is_finished|is_none\(\)/i;

/** Functions that stop things. */
export const stopName = /^_*(close|stop|shutdown|terminate|cancel|teardown|disconnect|cleanup|exit|drop|drain)/i;
