import { readFile } from 'node:fs/promises';
import type { WantedQueue } from '../../../src/measure/source';
import type { Pipeline } from '../../../src/model/pipeline';
import type { Certificate } from '../certificate';
import type { Fault, FaultsProxy } from '../faultsProxy';

/** What each subject has: one queue of this name with this backlog, read by this group where there are groups. */
export const queue = 'faulty';
export const group = 'watchers';
export const backlog = 8;

/** A queue beside the other, which some may not see. */
export const secret = 'secret';

export interface Limited {
  url: (port: number) => string;
  /** As for `Subject`. */
  wanted: Omit<WantedQueue, 'broker'>[] | null;
  /** State and error of its broker's row. */
  told: ['partial', 'denied'] | ['ok', null];
  /** Rows of the queue that is hidden: none where nobody even learns its name. */
  rows: 0 | 1;
}

/** A real server of one system, and the way to it on which things go wrong. */
export interface Subject {
  proxy: FaultsProxy;
  /**
   * Its broker URL by way of that port.
   * @param secure path of the authority's certificate: the URL is one for TLS
   * @param login `wrong`: with a password that is not right
   */
  url: (port: number, choice?: { secure?: string; login?: 'wrong' }) => string;
  /** What is asked for; absent: everything. */
  wanted?: Omit<WantedQueue, 'broker'>;
  /** For a system that tells nothing by itself: the pipeline that asks, for a broker of that URL and name. */
  pipeline?: (url: string, name: string) => Pipeline;
  /** What makes a way of which the server's end speaks TLS. */
  secured: (certificate: Certificate) => Promise<Fault>;
  /** Stops the server and starts it again as it was. */
  restart?: () => Promise<{ back: () => Promise<void> }>;
  /** The way to an empty server of the same kind. */
  empty: () => Promise<Fault>;
  /** Somebody who may see the queue and not another one; absent where all may be seen or nothing. */
  limited?: Limited;
  /** Stops what was started for it. */
  stop: () => Promise<void>;
}

/** What the proxy speaks TLS with. */
export const readCertificate = async ({ certificate, key }: Certificate) => ({
  cert: await readFile(certificate, 'utf8'),
  key: await readFile(key, 'utf8'),
});
