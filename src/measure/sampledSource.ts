import { duration } from '../model/format';
import type { BrokerError } from '../model/sweep';
import type { Clock } from './clock';
import { fillRates, type Counters } from './rates';
import { brokerErrorOf, type Source, type SourceOptions, type SourceReading } from './source';

/** How one broker is read over and over. */
export interface SampledSourceOptions {
  clock: Clock;
  /** Between two sweeps, milliseconds: the unit of the pause after a failure. */
  intervalMs: number;
  /** Longest a single call may take, milliseconds. */
  callTimeoutMs: number;
  log: SourceOptions['log'];
}

/** How long one broker may hold a sweep up, milliseconds: its calls run partly one after the other. */
export const deadlineMs = ({ callTimeoutMs }: Pick<SampledSourceOptions, 'callTimeoutMs'>) => 2 * callTimeoutMs;
const longestPauseMs = 300_000;

interface Failure {
  error: BrokerError;
  /** Milliseconds since the epoch. */
  at: number;
  pauseMs: number;
  seconds: number;
}

/** One source with a deadline, a pause after failures that doubles, and rates from the sweep before. Never rejects. */
export class SampledSource {
  private readonly counters: Counters = new Map();
  private failures = 0;
  private failure: Failure | null = null;
  private notApplicable: string[] = [];
  /** A reading that outlived its deadline still runs: there is never a second one beside it. */
  private late = false;

  constructor(
    private readonly source: Source,
    private readonly options: SampledSourceOptions,
  ) {}

  /**
   * @param at milliseconds since the epoch, the beginning of the sweep
   * @param signal its abort ends the wait; what is returned then is worth nothing, and no failure is counted
   * @param retryNow read even before the pause after a failure is over
   */
  async read(at: number, signal: AbortSignal, retryNow: boolean): Promise<SourceReading> {
    const { failure } = this;
    // A clock that was set back must not make the pause longer.
    if (failure && !retryNow && at >= failure.at && at < failure.at + failure.pauseMs) return this.failed(failure, at);
    const outcome = this.late ? this.timeout() : await this.ask(at, signal);
    if ('broker' in outcome) {
      if (failure) this.options.log('info', `${outcome.broker.name}: answers again`);
      this.failure = null;
      this.failures = 0;
      this.notApplicable = outcome.broker.notApplicable;
      return { ...outcome, queues: fillRates(outcome.queues, outcome.broker, this.counters, at) };
    }
    const took = Math.min(Math.max(0, this.options.clock.now() - at), deadlineMs(this.options)) / 1000;
    const doubled = this.options.intervalMs * 2 ** (this.failures + 1);
    const next: Failure = { error: outcome, at, pauseMs: Math.min(doubled, longestPauseMs), seconds: took };
    if (!signal.aborted) {
      this.failures++;
      this.failure = next;
      this.options.log('warn', `${this.source.config.name}: ${outcome.message}`);
    }
    return this.failed(next, at);
  }

  /** The answer, or why there is none; leaves no timer and no listener behind. */
  private async ask(at: number, signal: AbortSignal): Promise<SourceReading | BrokerError> {
    const controller = new AbortController();
    const { callTimeoutMs } = this.options;
    const call = { ended: false };
    const answer = Promise.resolve()
      .then(() => this.source.sweep({ at, signal: controller.signal, callTimeoutMs }))
      .catch(brokerErrorOf)
      .finally(() => {
        call.ended = true;
        this.late = false;
      });
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
      this.late = true;
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

  private failed({ error, at: since, pauseMs, seconds }: Failure, at: number): SourceReading {
    const { name, system, url } = this.source.config;
    const wait = duration(Math.max(0, since + pauseMs - at) / 1000);
    const broker = {
      ...{ name, system, url, state: 'failed' as const, notApplicable: this.notApplicable },
      error: { ...error, next: `${error.next}; tried again in ${wait}` },
      ...{ pressure: [], alarms: [], roundTripSeconds: null },
      sweep: { seconds, requests: 0, bytes: 0 },
    };
    return { broker, queues: [], stages: [], steps: [] };
  }
}
