import { describe, expect, it } from 'vitest';
import { nameBrokers, parseBrokerUrl } from '../../../src/model/brokerUrl';

describe('a broker URL', () => {
  it('names hosts, default ports, user and TLS', () => {
    expect(parseBrokerUrl('kafka://a:1,b')).toMatchObject({
      system: 'kafka',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 9092 },
      ],
      tls: null,
      sasl: null,
    });
    expect(parseBrokerUrl('kafkas://u:p@[::1]:9?sasl=SCRAM-SHA-512&ca=ca.pem')).toMatchObject({
      hosts: [{ host: '::1', port: 9 }],
      tls: { ca: 'ca.pem' },
      sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    });
    expect(parseBrokerUrl('amqp://u@h/sales?management=http://m:15672')).toMatchObject({
      system: 'rabbitmq',
      username: 'u',
      password: null,
      path: 'sales',
      management: 'http://m:15672',
    });
    expect(parseBrokerUrl('redis://h/3')).toMatchObject({ path: '3', hosts: [{ host: 'h', port: 6379 }] });
    expect(parseBrokerUrl('sqs://eu-west-1')).toMatchObject({ region: 'eu-west-1' });
    expect(parseBrokerUrl('demo:draining')).toMatchObject({ system: 'demo', path: 'draining', url: 'demo:draining' });
  });

  it('names the topics and groups to read by regular expressions, in which a plus is a plus', () => {
    expect(parseBrokerUrl('kafka://h?topics=^(orders|a%26b)-[0-9]+$&groups=^app').filters).toEqual({
      topics: '^(orders|a&b)-[0-9]+$',
      groups: '^app',
    });
    expect(parseBrokerUrl('kafka://h?groups=x').filters).toEqual({ topics: null, groups: 'x' });
    expect(parseBrokerUrl('kafka://h').filters).toBeUndefined();
  });

  it('is shown without user, password and query', () => {
    expect(parseBrokerUrl('kafka://user:secret@h:9092?sasl=plain').url).toBe('kafka://h:9092');
  });

  it.each([
    ['', /begins with its kind/],
    ['http//x', /begins with its kind/],
    ['mqtt://h', /unknown kind of broker "mqtt:"/],
    ['kafka://', /names no host/],
    ['kafka://h?topics=(', /topics: "\(" is no regular expression: Unterminated group/],
    [`kafka://h?groups=${'a'.repeat(201)}`, /groups: an expression may have 200 characters/],
    ['kafka://h:99999', /"99999" is no port/],
    ['kafka://h:0', /"0" is no port/],
    ['kafka://h:x', /"x" is no port/],
    ['kafka://h,:1', /is no host|names no host/],
    ['redis://u:a@b@h', /write it as %40/],
    ['redis://u:a%b@h', /write it as %25/],
    ['kafka://u:p@h?sasl=gssapi', /unknown SASL mechanism "gssapi"/],
    ['kafka://h?sasl=plain', /needs a user name/],
    ['sqs://', /names a region/],
  ])('%s is refused with one clear sentence', (url, message) => {
    expect(() => parseBrokerUrl(url)).toThrow(message);
  });

  it('never repeats a password in a message', () => {
    for (const url of [
      'redis://u:se@cret@h',
      'redis://u:secret%zz@h',
      'kafka://u:secret@h:99999',
      'kafka://u:secret@',
    ]) {
      let message = '';
      try {
        parseBrokerUrl(url);
      } catch (error) {
        message = String(error);
      }
      expect(message).not.toBe('');
      expect(message).not.toMatch(/se@cret|secret/);
    }
  });

  it('brokers of one system are told apart by a number', () => {
    expect(
      nameBrokers([parseBrokerUrl('kafka://a'), parseBrokerUrl('redis://b'), parseBrokerUrl('kafka://c')]).map(
        (b) => b.name,
      ),
    ).toEqual(['kafka', 'redis', 'kafka-2']);
  });
});
