import { nkeys } from '@nats-io/transport-node';
import { writeFile } from 'node:fs/promises';
import { readerPermissions } from './nats';

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** What a server that trusts an operator is configured with, and the users of its one account. */
export interface NatsOperator {
  configuration: Record<string, unknown>;
  /** Writes the credentials file of somebody who may do everything, or only read. */
  credentials(user: 'app' | 'reader', file: string): Promise<void>;
}

/** An operator with an account, by signed tokens (docs.nats.io, decentralized JWT authentication). */
export function natsOperator(): NatsOperator {
  const operator = nkeys.createOperator();
  const [account, system] = [nkeys.createAccount(), nkeys.createAccount()];
  const unbounded = Object.fromEntries(
    ['subs', 'data', 'payload', 'imports', 'exports', 'conn', 'leaf'].map((limit) => [limit, -1]),
  );
  const stored = Object.fromEntries(['mem_storage', 'disk_storage', 'streams', 'consumer'].map((limit) => [limit, -1]));
  const accountToken = (of: KeyPair, limits: object) =>
    token(operator, of, { type: 'account', limits: { ...unbounded, wildcards: true, ...limits } });
  return {
    configuration: {
      operator: token(operator, operator, { type: 'operator' }),
      system_account: system.getPublicKey(),
      resolver: 'MEMORY',
      resolver_preload: {
        [account.getPublicKey()]: accountToken(account, stored),
        [system.getPublicKey()]: accountToken(system, {}),
      },
    },
    credentials: async (name, file) => {
      const user = nkeys.createUser();
      const { publish, subscribe } = readerPermissions;
      const may = name === 'reader' ? { pub: publish, sub: subscribe } : {};
      const jwt = token(account, user, { type: 'user', ...may, subs: -1, data: -1, payload: -1 });
      const seed = new TextDecoder().decode(user.getSeed());
      await writeFile(file, `${block('NATS USER JWT', jwt)}\n${block('USER NKEY SEED', seed)}`);
    },
  };
}

const block = (what: string, text: string) => `-----BEGIN ${what}-----\n${text}\n------END ${what}------\n`;

/** One claim of who signs about whom. */
function token(signer: KeyPair, about: KeyPair, claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const [iss, sub] = [signer.getPublicKey(), about.getPublicKey()];
  const iat = Math.floor(Date.now() / 1000);
  const payload = { jti: `${sub}-${iat}`, iat, iss, sub, name: 'test', nats: { version: 2, ...claims } };
  const text = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(payload)}`;
  return `${text}.${Buffer.from(signer.sign(Buffer.from(text))).toString('base64url')}`;
}
