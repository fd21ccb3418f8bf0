import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { partsOf, textIn } from '../../../syntax';

/** A parameter of a function, as far as its type tells. */
export interface Parameter {
  node: Node;
  name: string;
  /** Without `*`, `[]` and what is in brackets. */
  type: string;
}

/** Types of what is handed on one by one. */
const itemType =
  /(Event|Message|Msg|Packet|Update|Notification|Envelope|Payload|Delivery|Frame|Return|Confirmation|Datagram|Alert|Interaction)s?$/;

/** Types of work: a slice of it is a program's own. */
const workType = /^\*?[\w.]*(Command|Cmd|Job|Task)$/;

/** Types of what somebody asks for: who asks by a call may wait for it. */
const askedType = /(Request|Req|Query)$/;

/** Who gives the answer of another server, or has a client, asks with the request. */
export const asksItself = (around: Node): boolean =>
  /\*http\.(Response|Client)\b/.test(
    around.text.slice(0, (around.childForFieldName('body')?.startIndex ?? 0) - around.startIndex),
  );

/** What frameworks hand to a handler for each request or update. */
const contextType = /^(gin|echo|fiber|tele|telebot|tb|iris)\.(Context|Ctx)$/;

const connectionType = /(?<![rR]aw|Packet|UDP)(Conn|Connection|Stream|Socket|Peer|Session)$/;

/** Parts of a program, of which something is made or done now and then. */
const partType = /(Publisher|Consumer|Producer|Sensor|Participant|Track|TrackRemote|Capability|Author)$/;

/** Functions that are handed each connection, by name. */
const takingConnections =
  /^([aA]dd|[aA]ccept|[hH]andle|[oO]n|[pP]rocess|[rR]egister|[sS]erve|[sS]tart)\w*(Conn|Connection|Stream|Socket|Peer|Session|Client)(?![a-z])\w*$|^[nN]ew(Server|Incoming|Inbound|Accepted)(Conn|Connection|Stream|Socket|Peer|Session|Client)?$|^([hH]andle|[sS]erve|[aA]ccept|[sS]tart|[aA]dd)$/;

const ending = /clos|disconn|lost|end|fail|err/i;

/** What is asked for once is brought again and again by what it starts. */
const subscribing = /subscri|watch|listen|stream/i;

/** Functions that hand an item on to whoever wants it, by name. */
const dispatching = /^(handle|dispatch|emit|fire|notify|publish|broadcast|trigger|deliver|call|invoke|exec)/i;

/** Functions that run once for each item, by name, and those of them that tell of a state. */
const taking =
  /^([oO]n|[hH]andle|[pP]rocess|[rR]eceive|[dD]eliver|[dD]ispatch|[rR]oute|[eE]mit|[fF]ire|[nN]otify|[pP]ublish|[bB]roadcast|[fF]orward|[rR]elay|[eE]nqueue|[iI]nvoke|[iI]ngest|[tT]rigger|[sS]end)([A-Z]\w*)?$/;
const ofState =
  /(Conn\w*|Open|Close\w*|Start\w*|Stop\w*|Error\w*|Fail\w*|Init\w*|Signal\w*|Config\w*|Reload|Ready|Exit|Leader\w*|State\w*|Shutdown|Timeout|Change\w*|Session|Stream|Client|Listener)$/;

/** Types of parameters that are no item. */
const noItem =
  /^(context\.Context|error|bool|u?int\d*|float\d+|string|time\.\w+|func\b.*|chan\b.*|<-chan\b.*|.*(Config|Options|Opts|Option|Logger|Conn|Listener|Client|Server|WaitGroup|Settings|ResponseWriter|Handler|HandlerFunc|Context))$/s;

/** Functions that are called once for each of something, whatever they are handed. */
const takingEach =
  /^([hH]andle|[pP]rocess|[oO]n)\w*(Query|Request|Command|Message|Msg|Event|Packet|Job|Task|Call|Push|Notification|Frame)s?$/;

/** Functions that run one handler, for what they hand to it. */
const runningOne = /^run(Handler|Callback|Hook)$/;
const noItemAtAll =
  /^(context\.Context|error|func\b.*|chan\b.*|<-chan\b.*|.*(WaitGroup|Logger|Config|Options|Context|Server|Listener))$/s;

export const parametersOf = (around: Node): Parameter[] => {
  const list = around.childForFieldName('parameters');
  return (list ? partsOf(list) : []).map((node) => ({
    node,
    name: textIn(node, 'name'),
    type: textIn(node, 'type').replace(/^[*[\]]+|\[.*$/g, ''),
  }));
};

/**
 * What a function is handed one by one, by its parameter.
 * @param around name of the declared function around it
 * @param inner the parameter is one of a function literal
 * @returns what arrives with each call; null: the parameter does not tell
 */
export function itemOf({ name, type, node }: Parameter, around: Around, inner: boolean): Growth['unit'] | null {
  if (name === '' || name === '_' || type.includes('chan') || partType.test(type)) return null;
  if (type === 'http.Request' || contextType.test(type)) return 'request';
  if (itemType.test(type) || workType.test(textIn(node, 'type'))) return 'message';
  if (inner) return around.handed && !noItem.test(type) ? 'message' : null;
  if (connectionType.test(type))
    return takingConnections.test(around.name) && !ending.test(around.name) ? 'connection' : null;
  if (subscribing.test(around.name)) return null;
  if (askedType.test(type) && !(around.answers && around.tells)) return 'request';
  if (dispatching.test(around.name) && /^(interface\{\}|any|reflect\.Value)$/.test(type)) return 'message';
  if (runningOne.test(around.name) && /^\w*Context$/.test(type)) return 'message';
  const isItem =
    taking.test(around.name) &&
    !ofState.test(around.name) &&
    !(takingEach.test(around.name) ? noItemAtAll : noItem).test(type) &&
    (!around.answers || /^(on|handle)/i.test(around.name));
  return isItem && !(node.type === 'variadic_parameter_declaration' && type === '') ? 'message' : null;
}

/** The declared function around a parameter. */
export interface Around {
  name: string;
  /** It gives more than whether it went well, so it may wait for what it starts. */
  answers: boolean;
  /** The parameter is one of a function that is handed to something which calls it for each. */
  handed: boolean;
  /** What it starts sends something to a channel, or closes it. */
  tells: boolean;
}
