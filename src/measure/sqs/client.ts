import type { CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { Pluggable } from '@smithy/types';
import { pipeline, Readable, Transform } from 'node:stream';
import type { BrokerConfig } from '../../model/brokerUrl';
import { tooLong } from '../inflow';
import { tlsOptions } from '../tls';

/** What SQS takes at once; the SDK's own limit of sockets is 50. */
export const callsAtOnce = 16;

/** Where an endpoint of one's own answers (`sqs+http://host:port`), or null for AWS itself. */
export function endpointOf({ scheme, hosts, path }: BrokerConfig): string | null {
  const [host] = hosts;
  if (!host) return null;
  const shown = host.host.includes(':') ? `[${host.host}]` : host.host;
  return `${scheme.endsWith('https') ? 'https' : 'http'}://${shown}:${host.port}/${path}`;
}

/**
 * How both clients reach AWS, or what stands in for it. Credentials are those of the URL, else of the profile it
 * names, else what the SDK finds by its own chain (environment, profile, container, instance).
 * @throws {SourceError} `tls` for files that cannot be read
 */
export async function clientConfig(config: BrokerConfig): Promise<SQSClientConfig & CloudWatchClientConfig> {
  // Ours to decide when to follow; a person who looks at queues can do nothing about it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const endpoint = endpointOf(config);
  const { username, password, region, profile, tls } = config;
  return {
    region: region ?? 'us-east-1',
    ...(endpoint !== null && { endpoint }),
    ...(profile != null && { profile }),
    ...(username !== null && { credentials: { accessKeyId: username, secretAccessKey: password ?? '' } }),
    requestHandler: { httpsAgent: { maxSockets: callsAtOnce, ...(tls ? await tlsOptions(tls) : {}) } },
  };
}

/** No page of SQS or CloudWatch comes near it. Bytes. */
const longestAnswer = 2 * 1024 * 1024;

/** Ends an answer that is longer, while it is being read: the SDK would keep all of it. */
export const limitAnswers = <Input extends object, Output extends object>(): Pluggable<Input, Output> => ({
  applyToStack: (stack) =>
    stack.add(
      (next) => async (args) => {
        const answer = await next(args);
        const { response } = answer as { response: { body?: unknown } };
        if (response.body instanceof Readable) response.body = limited(response.body);
        return answer;
      },
      { step: 'deserialize', priority: 'low', name: 'limitAnswers' },
    ),
});

function limited(body: Readable): Readable {
  let received = 0;
  const limit = new Transform({
    transform: (piece: Buffer, _, done) => {
      received += piece.length;
      done(received > longestAnswer ? tooLong(longestAnswer) : null, piece);
    },
  });
  // An end of the one ends the other; the SDK, which reads the second, is told why.
  return pipeline(body, limit, () => undefined);
}

/** What was asked and what came back, tries again included. */
export interface Traffic {
  requests: number;
  bytes: number;
}

/** Counts every request of a client into `traffic`. */
export const countInto = <Input extends object, Output extends object>(traffic: Traffic): Pluggable<Input, Output> => ({
  applyToStack: (stack) =>
    stack.add(
      (next) => async (args) => {
        traffic.requests += 1;
        const answer = await next(args);
        traffic.bytes += lengthOf(answer.response);
        return answer;
      },
      { step: 'deserialize', priority: 'low', name: 'countTraffic' },
    ),
});

/** By the answer's own header; 0 where it has none. */
function lengthOf(response: unknown): number {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return 0;
  return Number((response.headers as Record<string, string | undefined>)['content-length'] ?? 0);
}
