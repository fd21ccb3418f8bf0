import { render, type ComponentChildren } from 'preact';

/** What a style sheet decides of a drawing, to be written into a picture that has none. */
const styles = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin'],
  ...['paint-order', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
];
const forReaders = ['role', 'tabindex', 'aria-label', 'aria-pressed', 'aria-hidden', 'class'];

interface Paper {
  width: number;
  height: number;
}

/**
 * A drawing as an SVG file of its own, in the colours of the editor's theme.
 * @param place where the style sheet applies; the drawing is put there and taken away again
 */
export function svgPicture(drawing: ComponentChildren, { width, height }: Paper, place: Element): string {
  const holder = document.createElement('div');
  holder.className = 'picture';
  place.append(holder);
  render(
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <rect class="paper" width="100%" height="100%" />
      {drawing}
    </svg>,
    holder,
  );
  try {
    const svg = holder.querySelector('svg');
    if (!svg) return '';
    svg.querySelectorAll('.target').forEach((target) => target.remove());
    const elements = [...svg.querySelectorAll('*')];
    const computed = elements.map((element) => {
      const css = getComputedStyle(element);
      return styles.map((name) => [name, css.getPropertyValue(name)] as const);
    });
    elements.forEach((element, i) => {
      for (const [name, value] of computed[i] ?? []) if (value !== '') element.setAttribute(name, value);
      for (const name of forReaders) element.removeAttribute(name);
    });
    return new XMLSerializer().serializeToString(svg);
  } finally {
    render(null, holder);
    holder.remove();
  }
}

/** Longest side of a picture, pixels: browsers draw no larger one. */
const longest = 8000;

/**
 * An SVG picture as PNG, twice as fine as the screen where that is possible.
 * @returns base64
 * @throws {Error} when the browser cannot draw it
 */
export async function pngPicture(svg: string, { width, height }: Paper): Promise<string> {
  const scale = Math.min(2, longest / width, longest / height);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } finally {
    URL.revokeObjectURL(url);
  }
}
