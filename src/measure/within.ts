/**
 * The promise's own end, or an error when time is up or nobody wants it any more.
 * @param what begins the message of the error
 * @throws an error with code ETIMEDOUT, or the signal's reason
 */
export async function within<T>(promise: Promise<T>, ms: number, signal: AbortSignal, what: string): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const expired = new Promise<never>((_, reject) => {
    const timedOut = Object.assign(new Error(`${what} within ${ms / 1000} s`), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => reject(timedOut), ms);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    stop();
    // What comes too late is nobody's to handle.
    promise.catch(() => undefined);
  }
}

/**
 * A call with a deadline of its own, of which it is told by a signal. Leaves no timer and no listener behind.
 * AbortSignal.any over AbortSignal.timeout would not do: Node 20 collects both as garbage before they fire.
 * @param signal its abort ends the call too
 * @throws what the call throws when its signal is aborted: with the given one's reason, or a TimeoutError
 */
export async function limited<T>(
  ms: number,
  signal: AbortSignal,
  call: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const timeUp = () => controller.abort(new DOMException(`no answer within ${ms / 1000} s`, 'TimeoutError'));
  const timer = setTimeout(timeUp, ms);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
