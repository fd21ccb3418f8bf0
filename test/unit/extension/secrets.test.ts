import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSecrets, Secrets, splitSecrets, userOf, withUser } from '../../../src/extension/connections/secrets';
import { parseBrokerUrl } from '../../../src/model/brokerUrl';

describe('passwords in broker URLs', () => {
  it('are taken out and put back wherever they stand', () => {
    const url = 'amqp://app:s3cret@host:5672/sales?management=http%3A%2F%2Fadmin%3As3cret2%40host%3A15672';
    const split = splitSecrets(url);
    expect(split.url).not.toMatch(/s3cret/);
    expect(split.secrets).toEqual({ password: 's3cret', management: 's3cret2' });
    expect(parseBrokerUrl(joinSecrets(split.url, split.secrets))).toEqual(parseBrokerUrl(url));
  });

  it('never stay in what is saved, whatever user and password are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (user, password) => {
        const split = splitSecrets(withUser('redis://host:6379/0', user, password));
        expect(split.url).toBe(
          withUser('redis://host:6379/0', user, '').replace(
            'redis://host',
            user === '' ? 'redis://@host' : 'redis://host',
          ),
        );
        expect(parseBrokerUrl(joinSecrets(split.url, split.secrets)).password).toBe(password);
        expect(userOf(split.url)).toBe(user);
      }),
    );
  });

  it('do not follow a connection to another host', async () => {
    const secrets = new Secrets(memory(), fail);
    await secrets.set('redis://app@mine:6379', { password: 's3cret' });
    expect(await secrets.get('redis://app@theirs:6379')).toEqual({});
    expect(await secrets.get('redis://app@mine:6379')).toEqual({ password: 's3cret' });
  });

  it('last for the session where the storage cannot keep them, and the user is told', async () => {
    const told: unknown[] = [];
    const broken = { ...memory(), store: () => Promise.reject(new Error('no keyring')) };
    const secrets = new Secrets(broken, (error) => told.push(error));
    await secrets.set('redis://app@mine', { password: 's3cret' });
    expect(await secrets.get('redis://app@mine')).toEqual({ password: 's3cret' });
    expect(told).toEqual([new Error('no keyring')]);
  });
});

const fail = (error: unknown) => {
  throw error;
};

function memory() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string): Promise<void> => {
      kept.set(key, value);
      return Promise.resolve();
    },
    delete: (key: string): Promise<void> => {
      kept.delete(key);
      return Promise.resolve();
    },
  };
}
