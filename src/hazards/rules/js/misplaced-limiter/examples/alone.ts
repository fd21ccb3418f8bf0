import pLimit from 'p-limit';

export function pay(work: () => Promise<void>): Promise<void> {
  const atMostFour = pLimit(4); // want high: limits nothing: made anew for each call
  return atMostFour(work);
}
