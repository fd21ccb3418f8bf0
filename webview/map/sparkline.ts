/**
 * The outline of an area chart from zero up, ending on its base line.
 * @param history milliseconds since the epoch and messages, oldest first
 * @returns an SVG path in a box of the given size; null where fewer than two points make no line
 */
export function areaPath(history: readonly [at: number, backlog: number][], width: number, height: number) {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || last[0] <= first[0]) return null;
  const most = Math.max(1, ...history.map(([, backlog]) => backlog));
  const x = (at: number) => (((at - first[0]) / (last[0] - first[0])) * width).toFixed(1);
  const y = (backlog: number) => (height - (backlog / most) * height).toFixed(1);
  return `M0 ${height}${history.map(([at, backlog]) => `L${x(at)} ${y(backlog)}`).join('')}L${width} ${height}Z`;
}
