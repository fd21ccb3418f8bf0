import { useRef } from 'preact/hooks';
import type { MapEdge, MapNode } from './graph';
import type { Positions } from './layout';
import { Outline } from './Outline';
import { seen } from './region';
import { centred, type Size, type View } from './view';

interface MinimapProps {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  positions: Positions;
  lit: ReadonlySet<string> | null;
  view: View;
  size: Size;
  onView: (view: View) => void;
}

/** The whole drawing in small, with a frame around what is seen; press or drag to look elsewhere. Keys have B and F. */
export function Minimap({ nodes, edges, positions, lit, view, size, onView }: MinimapProps) {
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = positions;
  const now = seen(view, size);
  const [left, top] = [Math.max(0, now.left), Math.max(0, now.top)];
  const look = (event: PointerEvent) => {
    const toDrawing = svg.current?.getScreenCTM()?.inverse();
    if (!toDrawing || !(event.buttons & 1)) return;
    svg.current?.setPointerCapture(event.pointerId);
    onView(centred(new DOMPoint(event.clientX, event.clientY).matrixTransform(toDrawing), view.scale, size));
  };
  return (
    <svg
      ref={svg}
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMaxYMin"
      onPointerDown={look}
      onPointerMove={look}
    >
      <rect class="ground" width={width} height={height} />
      <Outline nodes={nodes} edges={edges} positions={positions} lit={lit} />
      <rect
        class="frame"
        x={left}
        y={top}
        width={Math.max(0, Math.min(width, now.right) - left)}
        height={Math.max(0, Math.min(height, now.bottom) - top)}
      />
    </svg>
  );
}
