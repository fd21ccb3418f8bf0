import type { BrokerConfig } from '../model/brokerUrl';
import type { QueueName } from '../model/identity';
import type { QueueRef } from '../model/pipeline';
import type { SeenPublisher } from '../model/publisher';
import type { BrokerError, BrokerReading, QueueReading, StageReading, StepReading } from '../model/sweep';
import type { Questions } from './questions';

/** What a source is told for one sweep. */
export interface SweepRequest {
  /** Milliseconds since the epoch at which the sweep began, by the sampler's clock. */
  at: number;
  /** Aborted when the caller no longer wants the answer. */
  signal: AbortSignal;
  /** Longest a single call to the broker may take. */
  callTimeoutMs: number;
}

/** What one broker said. */
export interface SourceReading {
  broker: BrokerReading;
  queues: QueueReading[];
  stages: StageReading[];
  steps: StepReading[];
}

/**
 * One broker, opened for reading. A source only reads: it has no call that produces, consumes, commits, declares or
 * deletes. It connects on the first sweep, not before.
 */
export interface Source {
  readonly config: BrokerConfig;
  /**
   * Reads everything once. One bad item costs its own row (figures null with the reason in `missing`); only what makes
   * the whole broker unreadable rejects.
   * @throws {SourceError} when nothing could be read
   */
  sweep(request: SweepRequest): Promise<SourceReading>;
  /** Whom the broker sees publish, where it can tell; only asked for when a pipeline is derived. @throws {SourceError} */
  publishers?(request: SweepRequest): Promise<SeenPublisher[]>;
  /** Ends connections and timers. Safe to call twice and while a sweep runs. */
  close(): Promise<void>;
}

/** A queue that is asked for by name, with what more a pipeline file says of it. */
export type WantedQueue = QueueName & Pick<QueueRef, 'type' | 'pattern'>;

/** What a source is asked to read. */
export interface SourceOptions {
  /** Only these need be read where the system allows asking for some; null: everything. More rows do no harm. */
  wanted: readonly WantedQueue[] | null;
  /** For a source that lists nothing by itself; absent: only the steps. */
  questions?: Questions | undefined;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}

/** Opens one kind of broker. Each kind is a bundle of its own, loaded when the first of its brokers is read. */
export type OpenSource = (config: BrokerConfig, options: SourceOptions) => Source;

/** Why a whole broker could not be read, in words for the person who has to mend it. */
export class SourceError extends Error {
  override name = 'SourceError';
  constructor(
    readonly code: BrokerError['code'],
    message: string,
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The error row for whatever a sweep rejected with. Recognised by shape, not by class: every kind of broker is bundled
 * apart and has its own copy of SourceError.
 */
export function brokerErrorOf(error: unknown): BrokerError {
  if (error instanceof Error && error.name === 'SourceError' && 'code' in error && 'next' in error) {
    return { code: error.code as BrokerError['code'], message: error.message, next: String(error.next) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unknown', message, next: 'see the log for the whole error' };
}

/** A sign by which a kind of failure is known in what a client says, and what to tell about it. */
export interface FailureKind {
  sign: RegExp;
  code: BrokerError['code'];
  message: string;
  next: string;
}

/** The whole broker's error for a failure told as `text`, by the first kind whose sign it bears. @param at stands before it */
export function failureOf(error: unknown, text: string, kinds: readonly FailureKind[], at = ''): SourceError {
  if (error instanceof SourceError) return error;
  const kind = kinds.find(({ sign }) => sign.test(text));
  if (!kind) return new SourceError('unknown', `${at}${text}`, 'see the log for the whole error', { cause: error });
  return new SourceError(kind.code, `${at}${kind.message} (${text})`, kind.next, { cause: error });
}
