import { useMemo } from 'preact/hooks';
import type { FlowGraph, Measure } from './graph';
import { layout, type Positions } from './layout';

/** Lays out again only when boxes or edges come, go or change size, so that figures change in place. */
export function useLayout({ nodes, edges }: FlowGraph): Positions {
  const topology = JSON.stringify([nodes.map(({ id, width }) => [id, width]).sort(), edges.map(({ id }) => id).sort()]);
  return useMemo(() => {
    performance.mark('layout-start');
    const positions = layout(nodes, edges);
    performance.measure('layout', 'layout-start');
    return positions;
  }, [topology]);
}

/** Measures text in the page's own font. */
export function useMeasure(): Measure {
  return useMemo(() => {
    const context = document.createElement('canvas').getContext('2d');
    const { fontFamily, fontSize } = getComputedStyle(document.body);
    if (!context) return (text) => text.length * 8;
    context.font = `600 ${fontSize} ${fontFamily}`;
    const widths = new Map<string, number>();
    return (text) => {
      const width = widths.get(text) ?? context.measureText(text).width;
      widths.set(text, width);
      return width;
    };
  }, []);
}
