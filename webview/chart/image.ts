import { plots } from './columns';

const margin = 16;
const line = 20;

/**
 * All plots below each other under the title, as they are on the screen.
 * @returns PNG in base64
 */
export function image(title: string, canvases: ReadonlyMap<string, HTMLCanvasElement>): string {
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
  const drawn = plots.flatMap((plot) => {
    const canvas = canvases.get(plot.title);
    return canvas ? [{ title: plot.title, canvas }] : [];
  });
  const scale = devicePixelRatio;
  const width = Math.max(...drawn.map(({ canvas }) => canvas.width)) + 2 * margin * scale;
  const heights = drawn.reduce((sum, { canvas }) => sum + canvas.height + line * scale, 0);
  const sheet = document.createElement('canvas');
  sheet.width = width;
  sheet.height = heights + (2 * margin + line) * scale;
  const context = sheet.getContext('2d');
  if (!context) throw new Error('this browser draws on no canvas');
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = color;
  let y = (margin + line / 2) * scale;
  const write = (text: string, weight: number) => {
    context.font = `${weight} ${13 * scale}px ${fontFamily}`;
    context.fillText(text, margin * scale, y);
  };
  write(title, 600);
  for (const { title: name, canvas } of drawn) {
    y += line * scale;
    write(name, 400);
    context.drawImage(canvas, margin * scale, y + 6 * scale);
    y += canvas.height;
  }
  return sheet.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
