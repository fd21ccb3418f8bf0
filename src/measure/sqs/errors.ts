import { networkFailures } from '../network';
import { failureOf, type FailureKind, type SourceError } from '../source';

/** First match wins. Names are those of AWS' error codes (SQS API reference, common errors), Node's and the SDK's own. */
export const sqsFailures: readonly FailureKind[] = [
  {
    sign: /CredentialsProviderError|Could not load credentials|Credential is missing/,
    code: 'denied',
    message: 'no credentials were found',
    next: 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (any text for ElasticMQ)',
  },
  {
    sign: /AccessDenied|NotAuthorized|OptInRequired/,
    code: 'denied',
    message: 'the credentials may not do this',
    next: 'allow sqs:ListQueues, sqs:GetQueueUrl and sqs:GetQueueAttributes; for ages and rates cloudwatch:GetMetricData',
  },
  {
    sign: /InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken/,
    code: 'denied',
    message: 'AWS does not know these credentials',
    next: 'check the access key and its secret, and that they belong to this partition',
  },
  {
    sign: /ExpiredToken|RequestExpired|token.* expired|SSO/i,
    code: 'denied',
    message: 'the session has ended',
    next: 'log in again (aws sso login), or renew the token',
  },
  {
    sign: /Throttl|TooManyRequests/,
    code: 'unknown',
    message: 'AWS is asked too often',
    next: 'sweep less often, or name only the queues of a pipeline',
  },
  {
    sign: /Deserialization|SyntaxError|Unexpected token|HPE_|Parse Error|UnknownOperation|not valid JSON/,
    code: 'wrong-system',
    message: 'what answers there is not SQS',
    next: 'check host and port of the endpoint',
  },
  ...networkFailures,
];

/** The whole broker's error for what a call failed with. */
export function sqsError(error: unknown): SourceError {
  return failureOf(error, describe(error), sqsFailures);
}

/** Name, code and first line of the message: the SDK adds hints for programmers below. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const [line = ''] = error.message.split('\n');
  return line === '' || line === code ? code : `${code}: ${line}`;
}

/** Was this queue or call refused to the credentials? */
export const isDenied = (error: unknown): boolean => sqsError(error).code === 'denied';

/** Is there no such queue (any more)? */
export const isNoQueue = (error: unknown): boolean =>
  error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name);

/** One sentence for the row of what could not be read. */
export const rowReason = (error: Error): string =>
  isDenied(error) ? `denied: the credentials may not read this queue (${error.name})` : sqsError(error).message;
