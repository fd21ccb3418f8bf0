/** The editor draws and types in between: well below the 30 ms that nobody notices. Milliseconds. */
const sliceMs = 10;

/**
 * Takes the steps of a long computation, and lets the editor breathe in between. What is short is done at once.
 * @param done is told what the steps came to, once
 * @param failed is told what a step threw, unless it was among the first that are done at once: that is thrown here
 * @returns ends it early; safe after it was done
 */
export function inSlices<Result>(
  steps: Iterator<unknown, Result>,
  done: (result: Result) => void,
  failed: (error: unknown) => void,
): { dispose(): void } {
  let next: NodeJS.Immediate | undefined;
  const slice = () => {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) {
        done(step.value);
        return;
      }
    } while (performance.now() < until);
    next = setImmediate(later);
  };
  const later = () => {
    try {
      slice();
    } catch (error) {
      failed(error);
    }
  };
  slice();
  return { dispose: () => clearImmediate(next) };
}
