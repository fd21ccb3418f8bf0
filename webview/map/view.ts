import type { Point, Positions } from './layout';

/** Screen = drawing × scale + (x, y), in pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

const range = { least: 0.1, most: 3 };

/** Below this the figures cannot be read. */
const readable = 0.92;

const clamp = (scale: number) => Math.min(range.most, Math.max(range.least, scale));

/** As high as the drawing needs at this width, within what leaves room for the report below. */
export function windowHeight(drawing: Size, width: number): number {
  const scale = Math.max(readable, Math.min(1, width / (drawing.width || 1)));
  return Math.min(520, Math.max(150, Math.ceil(drawing.height * scale) + 8));
}

/** All of the drawing in the middle of the window, never magnified. */
export function fit(drawing: Size, window: Size): View {
  const scale = clamp(Math.min(1, window.width / (drawing.width || 1), window.height / (drawing.height || 1)));
  return { scale, x: (window.width - drawing.width * scale) / 2, y: (window.height - drawing.height * scale) / 2 };
}

/** The whole drawing where it can be read like that, else the part around `focus` at a readable size. */
export function firstView(drawing: Positions, window: Size, focus: Point | undefined): View {
  const all = fit(drawing, window);
  if (all.scale >= readable || !focus) return all;
  const view = centred(focus, readable, window);
  const inside = (offset: number, drawn: number, room: number) =>
    drawn <= room ? (room - drawn) / 2 : Math.min(0, Math.max(room - drawn, offset));
  return {
    ...view,
    x: inside(view.x, drawing.width * readable, window.width),
    y: inside(view.y, drawing.height * readable, window.height),
  };
}

/** The place of the drawing that is seen at a place of the window. */
export const inDrawing = (at: Point, { scale, x, y }: View): Point => ({
  x: (at.x - x) / scale,
  y: (at.y - y) / scale,
});

/** `point` in the middle. */
export const centred = (point: Point, scale: number, window: Size): View => ({
  scale,
  x: window.width / 2 - point.x * scale,
  y: window.height / 2 - point.y * scale,
});

/** Zooms and leaves the given place of the window where it is. */
export function zoomed({ scale, x, y }: View, factor: number, at: Point): View {
  const next = clamp(scale * factor);
  const grown = next / scale;
  return { scale: next, x: at.x - (at.x - x) * grown, y: at.y - (at.y - y) * grown };
}

/** Moves as little as it takes to bring a box of the drawing into the window. */
export function revealed(view: View, box: Point & Size, window: Size): View {
  const shift = (centre: number, length: number, offset: number, room: number) => {
    const margin = 24;
    const from = (centre - length / 2) * view.scale + offset - margin;
    const to = (centre + length / 2) * view.scale + offset + margin;
    if (from < 0) return -from;
    return to > room ? Math.max(room - to, -from) : 0;
  };
  return {
    ...view,
    x: view.x + shift(box.x, box.width, view.x, window.width),
    y: view.y + shift(box.y, box.height, view.y, window.height),
  };
}
