/** How long something takes at each size. */
export interface Curve {
  what: string;
  /** What the size counts. */
  unit: string;
  points: readonly { size: number; ms: number }[];
  /** Largest exponent that it may have, fitted over the larger half: the smaller one is mostly what any run costs. */
  most: number;
}

/** Exponent of the power law through the points, by least squares over the logarithms. @returns NaN for fewer than two */
export function exponentOf(points: Curve['points']): number {
  const logs = points.map(({ size, ms }) => [Math.log(size), Math.log(ms)] as const);
  const mean = (of: 0 | 1) => logs.reduce((sum, pair) => sum + pair[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, pair) => sum + (pair[0] - x) * (pair[1] - y), 0);
  const below = logs.reduce((sum, pair) => sum + (pair[0] - x) ** 2, 0);
  return above / below;
}

/** The larger half of the sizes, two at least. */
export const largerHalf = ({ points }: Curve): Curve['points'] =>
  points.slice(Math.min(points.length - 2, Math.floor(points.length / 2)));
