import { describe, expect, it } from 'vitest';
import { sqsError } from '../../../src/measure/sqs/errors';
import { queueRow } from '../../../src/measure/sqs/rows';

const depths = (visible: string, hidden: string, delayed: string) => ({
  ApproximateNumberOfMessages: visible,
  ApproximateNumberOfMessagesNotVisible: hidden,
  ApproximateNumberOfMessagesDelayed: delayed,
});
const row = (attributes: Record<string, string> | Error, metrics: Parameters<typeof queueRow>[2] = 'no CloudWatch') =>
  queueRow('aws', { name: 'orders', attributes }, metrics);

describe('The row of an SQS queue', () => {
  it('adds up, and says of every depth that it is approximate', () => {
    const read = row(depths('7', '3', '2'));
    expect(read).toMatchObject({ waiting: 9, inFlight: 3, delayed: 2, backlog: 12, id: 'aws/orders' });
    expect(Object.keys(read.approximate)).toEqual(['backlog', 'waiting', 'inFlight', 'delayed']);
  });

  it('calls unknown what SQS did not tell, and what hangs on it', () => {
    const read = row({ ApproximateNumberOfMessages: '7', ApproximateNumberOfMessagesNotVisible: '3' });
    expect(read).toMatchObject({ inFlight: 3, waiting: null, backlog: null });
    expect(read.missing.backlog?.reason).toMatch(/ApproximateNumberOfMessagesDelayed/);
  });

  it('has an age from CloudWatch, none without a backlog', () => {
    const metrics = { ageSeconds: 90, sent: 2, deleted: null };
    expect(row(depths('1', '0', '0'), metrics)).toMatchObject({ ageSeconds: 90, arrivalRate: 2, departureRate: null });
    expect(row(depths('0', '0', '0'), metrics).missing.ageSeconds).toMatchObject({ kind: 'none' });
    expect(row(depths('1', '0', '0')).missing.ageSeconds).toEqual({ kind: 'unknown', reason: 'no CloudWatch' });
  });

  it('shows the in-flight limit, at which SQS hands nothing out without a word', () => {
    expect(row(depths('7', '119999', '0')).brokerState).toBeNull();
    expect(row(depths('7', '120000', '0')).brokerState).toBe('in-flight limit');
  });

  it('takes the dead-letter queue from the redrive policy, and passes over a broken one', () => {
    const policy = (text: string) => row({ ...depths('0', '0', '0'), RedrivePolicy: text }).deadLetter;
    expect(policy('{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:1:orders-dead","maxReceiveCount":3}')).toBe(
      'orders-dead',
    );
    expect(policy('nonsense')).toBeNull();
  });

  it('of a refused queue has a reason for every figure', () => {
    const read = row(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    expect(read.backlog).toBeNull();
    expect(new Set(Object.values(read.missing).map(({ reason }) => reason))).toEqual(
      new Set(['denied: the credentials may not read this queue (AccessDenied)']),
    );
  });
});

describe('What the SDK failed with', () => {
  const failure = (name: string, message = '') => sqsError(Object.assign(new Error(message), { name })).code;
  it.each([
    ['CredentialsProviderError', 'denied'],
    ['ExpiredTokenException', 'denied'],
    ['SignatureDoesNotMatch', 'denied'],
    ['TimeoutError', 'timeout'],
    ['ThrottlingException', 'unknown'],
    ['SyntaxError', 'wrong-system'],
    ['SomethingNew', 'unknown'],
  ])('%s is %s', (name, code) => expect(failure(name)).toBe(code));
});
