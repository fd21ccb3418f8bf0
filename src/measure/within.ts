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
