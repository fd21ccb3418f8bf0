import { duration } from '../model/format';
import type { SeenPublisher } from '../model/publisher';
import type { BrokerError, BrokerReading } from '../model/sweep';
import type { Clock } from './clock';
import { fillRates, type Counters } from './rates';
import { brokerErrorOf, type Source, type SourceOptions, type SourceReading } from './source';
import { limited } from './within';

/** The pace of sampling, and who is told about it. */
export interface SamplerOptions {
  clock: Clock;
  /** Between the beginnings of two sweeps, milliseconds. */
  intervalMs: number;
  /** Longest a single call to a broker may take, milliseconds. A whole sweep of one broker may take twice that. */
  callTimeoutMs: number;
  log: SourceOptions['log'];
}

/** How long one broker may hold a sweep up, milliseconds: its calls run partly one after the other. */
export const deadlineMs = ({ callTimeoutMs }: Pick<SamplerOptions, 'callTimeoutMs'>) => 2 * callTimeoutMs;
const longestPauseMs = 300_000;
/** Failures that end without anybody who reads: that is seen within two intervals. All others wait for a person. */
const passing: ReadonlySet<BrokerError['code']> = new Set(['unreachable', 'timeout', 'unknown']);

interface Failure {
  error: BrokerError;
  /** Milliseconds since the epoch. */
  at: number;
  pauseMs: number;
  seconds: number;
}

/** One source with a deadline, a pause after failures, and rates from the sweep before. Never rejects. */
export class SampledSource {
  /** How long the last answer took, milliseconds; 0 after a failure, which is followed by a pause of its own. */
  busyMs = 0;
  private readonly counters: Counters = new Map();
  private failures = 0;
  private failure: Failure | null = null;
  private notApplicable: string[] = [];
  /** The reading asked for last: the next one begins when it has ended, though nobody waits for its answer any more. */
  private asked: Promise<unknown> = Promise.resolve();
  /** It has outlived its deadline. */
  private overdue = false;

  constructor(
    private readonly source: Source,
    private readonly options: SamplerOptions,
  ) {}

  /**
   * @param at milliseconds since the epoch, the beginning of the sweep
   * @param signal its abort ends the wait; what is returned then is worth nothing, and no failure is counted
   * @param retryNow read even before the pause after a failure is over
   */
  async read(at: number, signal: AbortSignal, retryNow: boolean): Promise<SourceReading> {
    const { failure } = this;
    const steady = this.options.clock.steady?.() ?? at;
    // A clock that was set back must not make the pause longer.
    if (failure && !retryNow && at >= failure.at && at < failure.at + failure.pauseMs) {
      const wait = duration((failure.at + failure.pauseMs - at) / 1000);
      return this.failed({ ...failure.error, next: `${failure.error.next}; tried again in ${wait}` }, failure.seconds);
    }
    this.busyMs = 0;
    const outcome = this.overdue ? this.timeout() : await this.ask(at, signal);
    // As far as a clock that may be set can be believed.
    const took = Math.min(Math.max(0, this.options.clock.now() - at), deadlineMs(this.options));
    if ('broker' in outcome) {
      this.busyMs = took;
      if (failure) this.options.log('info', `${outcome.broker.name}: answers again`);
      this.failure = null;
      this.failures = 0;
      this.notApplicable = outcome.broker.notApplicable;
      return { ...outcome, queues: fillRates(outcome.queues, outcome.broker, this.counters, at, steady) };
    }
    const seconds = took / 1000;
    if (!signal.aborted) {
      this.failures = passing.has(outcome.code) ? 1 : this.failures + 1;
      const pauseMs = Math.min(this.options.intervalMs * 2 ** this.failures, longestPauseMs);
      this.failure = { error: outcome, at, pauseMs, seconds };
      this.options.log('warn', `${this.source.config.name}: ${outcome.message}`);
    }
    return this.failed(outcome, seconds);
  }

  /** Whom the broker sees publish; nobody where it cannot tell, which is only logged. */
  async publishers(signal: AbortSignal): Promise<SeenPublisher[]> {
    const { callTimeoutMs, clock, log } = this.options;
    try {
      return await limited(
        deadlineMs(this.options),
        signal,
        async (limit) => (await this.source.publishers?.({ at: clock.now(), signal: limit, callTimeoutMs })) ?? [],
      );
    } catch (error) {
      log('warn', `${this.source.config.name}: who publishes is not known: ${brokerErrorOf(error).message}`);
      return [];
    }
  }

  /** The answer, or why there is none; leaves no timer and no listener behind. */
  private async ask(at: number, signal: AbortSignal): Promise<SourceReading | BrokerError> {
    const controller = new AbortController();
    const { callTimeoutMs } = this.options;
    const call = { ended: false };
    const answer = this.asked
      .then(() => {
        controller.signal.throwIfAborted();
        return this.source.sweep({ at, signal: controller.signal, callTimeoutMs });
      })
      .catch(brokerErrorOf)
      .finally(() => {
        call.ended = true;
        this.overdue = false;
      });
    this.asked = answer;
    let giveUp: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<BrokerError>((resolve) => {
      giveUp = () => resolve(this.timeout());
      timer = setTimeout(giveUp, deadlineMs(this.options));
      signal.addEventListener('abort', giveUp, { once: true });
    });
    const outcome = await Promise.race([answer, deadline]);
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    if (!call.ended) {
      this.overdue = !signal.aborted;
      controller.abort(signal.aborted ? signal.reason : new Error('the deadline has passed'));
    }
    return outcome;
  }

  /** Closes the source; what goes wrong then is only logged. */
  async close(): Promise<void> {
    await this.source.close().catch((error: unknown) => {
      this.options.log('warn', `${this.source.config.name}: ${brokerErrorOf(error).message}`);
    });
  }

  private timeout(): BrokerError {
    return {
      code: 'timeout',
      message: `no answer within ${duration(deadlineMs(this.options) / 1000)}`,
      next: 'check that the broker is reachable and not overloaded, or allow more time per call',
    };
  }

  private failed(error: BrokerError, seconds: number): SourceReading {
    const { name, system, url } = this.source.config;
    const broker: BrokerReading = {
      ...{ name, system, url, state: 'failed', error, notApplicable: this.notApplicable },
      ...{ pressure: [], alarms: [], roundTripSeconds: null },
      sweep: { seconds, requests: 0, bytes: 0 },
    };
    return { broker, queues: [], stages: [], steps: [] };
  }
}
