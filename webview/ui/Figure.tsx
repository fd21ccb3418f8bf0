import type { MissingReason } from '../../src/model/figure';
import { figureText } from './figureText';

interface FigureProps {
  value: number | null;
  format: (n: number) => string;
  missing?: MissingReason | undefined;
  approximate?: string | undefined;
}

/** A number, or `–` / `?` with the reason on hover and for screen readers. */
export function Figure({ value, format, missing, approximate }: FigureProps) {
  const { text, why } = figureText(value, format, missing, approximate);
  if (why === null) return <span class="figure">{text}</span>;
  return (
    <span class={value === null && text === '–' ? 'figure' : 'figure explained'} title={why}>
      {text}
      <span class="spoken"> ({why})</span>
    </span>
  );
}
