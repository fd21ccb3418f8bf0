import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageState } from '../host';
import type { Point, Positions } from './layout';
import { firstView, fit, windowHeight, zoomed, type Size, type View } from './view';

interface Options {
  positions: Positions;
  /** Where to look first in a drawing too large for the window. */
  focus: Point | undefined;
  wanted: PageState['view'];
  onChange: (view: PageState['view']) => void;
}

/** The part of the map that is shown, and the gestures that move it: drag, wheel (Ctrl or with focus inside), pinch. */
export function useView({ positions, focus, wanted, onChange }: Options) {
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(800);
  const size: Size = { width, height: windowHeight(positions, width) };
  const view: View =
    wanted === 'readable' ? firstView(positions, size, focus) : wanted === 'fit' ? fit(positions, size) : wanted;
  const latest = useRef({ view, onChange });
  latest.current = { view, onChange };

  // Before the first picture is painted: the observer tells the width only after it, and the map would jump.
  useLayoutEffect(() => {
    const shown = svg.current?.clientWidth ?? 0;
    if (shown > 0) setWidth(shown);
  }, []);

  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      latest.current.onChange(zoomed(latest.current.view, Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), at));
    };
    // Preact listens passively, and a passive listener cannot keep the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, []);

  const drag = useRef<Point | null>(null);
  const gestures = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) drag.current = { x: event.clientX - view.x, y: event.clientY - view.y };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!drag.current || !(event.buttons & 1)) return;
      const moved = { scale: view.scale, x: event.clientX - drag.current.x, y: event.clientY - drag.current.y };
      // A click trembles by a pixel or two; only a real drag may take the pointer away from the node.
      if (Math.hypot(moved.x - view.x, moved.y - view.y) < 3) return;
      svg.current?.setPointerCapture(event.pointerId);
      onChange(moved);
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
  return { svg, size, view, gestures };
}
