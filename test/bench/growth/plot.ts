import { html } from '../../../src/model/escape';
import { exponentOf, largerHalf, type Curve } from './curve';

const [width, height, left, bottom, top, right] = [640, 360, 60, 40, 40, 20];
const tens = (from: number, to: number) =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);

/** The curve over two logarithmic scales, in colours that both a light and a dark page show. */
export function plot(curve: Curve): string {
  const { points, what, unit } = curve;
  const [xs, ys] = [points.map(({ size }) => size), points.map(({ ms }) => ms)];
  const down = (values: number[]) => 10 ** Math.floor(Math.log10(Math.min(...values)));
  const up = (values: number[]) => 10 ** Math.ceil(Math.log10(Math.max(...values) * 1.001));
  const [fromX, toX, fromY, toY] = [down(xs), up(xs), down(ys), up(ys)];
  const place = (value: number, from: number, to: number) => Math.log(value / from) / Math.log(to / from);
  const x = (value: number) => Math.round(left + place(value, fromX, toX) * (width - left - right));
  const y = (value: number) => Math.round(height - bottom - place(value, fromY, toY) * (height - bottom - top));
  const line = (...ends: number[]) => {
    const [x1, y1, x2, y2] = ends;
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#888" stroke-opacity=".3"/>`;
  };
  const text = (at: number, from: number, content: string, anchor = 'middle') =>
    `<text x="${at}" y="${from}" text-anchor="${anchor}" fill="#888">${html(content)}</text>`;
  const grid = [
    ...tens(fromX, toX).map(
      (value) => line(x(value), top, x(value), height - bottom) + text(x(value), height - 22, `${value}`),
    ),
    ...tens(fromY, toY).map(
      (value) => line(left, y(value), width - right, y(value)) + text(left - 8, y(value) + 4, `${value}`, 'end'),
    ),
  ];
  const marks = points.map(({ size, ms }) => `<circle cx="${x(size)}" cy="${y(ms)}" r="4" fill="#3794ff"/>`);
  const path = points.map(({ size, ms }, i) => `${i === 0 ? 'M' : 'L'}${x(size)} ${y(ms)}`).join(' ');
  const title = `${what}: size to the ${exponentOf(largerHalf(curve)).toFixed(2)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${html(title)}">
${text(width / 2, 20, title)}
${grid.join('\n')}
<path d="${path}" fill="none" stroke="#3794ff" stroke-width="2"/>
${marks.join('\n')}
${text(width / 2, height - 4, unit)}
${text(12, top - 12, 'ms', 'start')}
</svg>
`;
}
