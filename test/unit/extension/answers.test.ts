import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersOf, fieldsOf, kinds, noAnswers, urlOf, type Answers } from '../../../src/extension/connections/answers';
import { profileNames } from '../../../src/extension/connections/awsProfiles';
import { parseBrokerUrl } from '../../../src/model/brokerUrl';

const secure = { security: 'files', ca: '/etc/ca.pem', cert: '/etc/me.pem', key: '/etc/me.key' } as const;

describe('the answers about a connection', () => {
  it('amount to the URL of their kind', () => {
    const url = (kind: Answers['kind'], given: Partial<Answers>) => urlOf({ ...noAnswers(kind), ...given });
    const login = { username: 'app', password: 'p@ss' };
    expect(url('kafka', { address: 'h:9093', ...secure, mechanism: 'scram-sha-512', ...login })).toBe(
      'kafkas://app:p%40ss@h:9093?ca=%2Fetc%2Fca.pem&cert=%2Fetc%2Fme.pem&key=%2Fetc%2Fme.key&sasl=scram-sha-512',
    );
    expect(url('kafka', { address: 'h:9092', ...login }), 'no login, so no user').toBe('kafka://h:9092');
    expect(url('rabbitmq', { address: 'h:5672/sales', ...login, management: 'http://h:15672' })).toBe(
      'amqp://app:p%40ss@h:5672/sales?management=http%3A%2F%2Fh%3A15672',
    );
    expect(url('sqs', { region: 'eu-west-1', profile: 'work' })).toBe('sqs://eu-west-1?profile=work');
    expect(parseBrokerUrl('sqs://eu-west-1?profile=work')).toMatchObject({ region: 'eu-west-1', profile: 'work' });
    expect(url('nats', { address: 'h:4222', monitoring: 'http://h:8222' })).toBe(
      'nats://h:4222?monitoring=http%3A%2F%2Fh%3A8222',
    );
  });

  it('ask for files only with TLS of one’s own, and for a login only with a mechanism', () => {
    expect(fieldsOf(noAnswers('kafka'))).toEqual(['address', 'security', 'mechanism']);
    expect(fieldsOf({ ...noAnswers('kafka'), security: 'files', mechanism: 'plain' })).toEqual([
      ...['address', 'security', 'ca', 'cert', 'key', 'mechanism', 'username', 'password'],
    ]);
    expect(fieldsOf(noAnswers('sqs'))).toEqual(['region', 'profile']);
  });

  it('can be read back from the URL, so that a connection can be edited', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).map((value) => value.trim());
    const login = fc.record({ username: text, password: text });
    const security = fc.constantFrom({ security: 'none' }, { security: 'tls' }, secure);
    const kind = fc.constantFrom('kafka', 'rabbitmq', 'redis', 'prometheus' as const);
    fc.assert(
      fc.property(kind, login, security, fc.constantFrom('none', 'plain', 'scram-sha-256'), (kind, who, tls, sasl) => {
        const mechanism = kind === 'kafka' && who.username !== '' ? sasl : 'none';
        const given = { ...noAnswers(kind), address: 'h:1', ...who, ...tls, mechanism } as Answers;
        const again = answersOf(urlOf(given));
        expect(parseBrokerUrl(urlOf(again))).toEqual(parseBrokerUrl(urlOf(given)));
        expect(again.kind).toBe(kind);
      }),
    );
  });

  it('are the whole URL where the questions cannot express it', () => {
    for (const url of ['redis+sentinel://h:26379/main/0', 'sqs+http://h:9324', 'nats://h?credentials=/x', 'odd://x']) {
      expect(answersOf(url)).toMatchObject({ kind: 'other', address: url });
    }
    expect(kinds).toContain('other');
  });

  it('offer the names of the AWS profiles, and nothing else of those files', () => {
    expect(profileNames('[default]\naws_access_key_id = A\n\n[profile work]\nregion=x\n [ old ]\n')).toEqual([
      ...['default', 'work', 'old'],
    ]);
  });
});
