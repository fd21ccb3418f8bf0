import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Report } from '../../src/model/report';
import type { PageState } from '../host';
import { useStable, useUnchanged } from '../ui/stable';
import { Button } from '../ui/toolkit';
import { Post } from '../extension';
import { Definitions } from './Definitions';
import { Drawing, type History } from './Drawing';
import { flowGraph, queueNodeId, stageId, type MapNode } from './graph';
import { Legend } from './Legend';
import type { Positions } from './layout';
import { Minimap } from './Minimap';
import { Outline } from './Outline';
import { pngPicture, svgPicture } from './picture';
import { legible, touches, useRegion } from './region';
import { useLayout, useMeasure } from './useLayout';
import { useView } from './useView';
import { inDrawing, revealed, zoomed } from './view';
import { reach, walk, type Direction } from './walk';

interface FlowMapProps {
  report: Report;
  history: History;
  /** Node id. */
  selected: string | null;
  onSelect: (id: string | null) => void;
  view: PageState['view'];
  onView: (view: PageState['view']) => void;
}

/** A region without anything in it. */
const nowhere = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The pipeline from left to right: stages, queues, rates, and where it backs up. Works by mouse and by keys alone. */
export function FlowMap({ report, history, selected, onSelect, view: wanted, onView }: FlowMapProps) {
  const measure = useMeasure();
  const graph = useUnchanged(useMemo(() => flowGraph(report, measure), [report, measure]));
  const positions = useLayout(graph);
  const nodes = useMemo(() => inReadingOrder(graph.nodes, positions), [graph, positions]);
  const trouble = worst(report, nodes);
  const focus = positions.nodes.get((trouble ?? nodes[0])?.id ?? '');
  const { svg, size, view, gestures } = useView({ positions, focus, wanted, onChange: onView });
  const [current, setCurrent] = useState<string | null>(null);
  const entry = nodes.find(({ id }) => id === current) ?? trouble ?? nodes[0];
  const lit = useMemo(() => (selected === null ? null : reach(selected, graph.edges)), [selected, graph]);
  const elements = useRef(new Map<string, SVGRectElement>());

  const keepElement = useStable((id: string, element: SVGRectElement | null) => {
    if (element) elements.current.set(id, element);
    else elements.current.delete(id);
  });
  const pick = useStable((id: string) => onSelect(id === selected ? null : id));

  const region = useRegion(view, size);
  const far = view.scale < legible;
  const walked = useRef(false);
  // A node that was out of sight has its element only now.
  useLayoutEffect(() => {
    if (walked.current && entry) elements.current.get(entry.id)?.focus({ preventScroll: true });
    walked.current = false;
  });

  const go = (id: string | null | undefined) => {
    const node = nodes.find((other) => other.id === id);
    const place = id ? positions.nodes.get(id) : undefined;
    if (!node || !place) return;
    setCurrent(node.id);
    const moved = revealed(view, { ...place, width: node.width, height: node.height }, size);
    if (moved.x !== view.x || moved.y !== view.y) onView(moved);
    const element = elements.current.get(node.id);
    if (element) element.focus({ preventScroll: true });
    else walked.current = true;
    if (selected !== null) onSelect(node.id);
  };
  const pickAt = ({ clientX, clientY }: MouseEvent) => {
    const corner = svg.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const at = inDrawing({ x: clientX - corner.left, y: clientY - corner.top }, view);
    const spot = { left: at.x, right: at.x, top: at.y, bottom: at.y };
    const hit = nodes.find((node) => touches(spot, positions.nodes.get(node.id) ?? { x: NaN, y: NaN }, node));
    if (hit) pick(hit.id);
  };
  const isLarger = positions.width * view.scale > size.width + 1 || positions.height * view.scale > size.height + 1;
  const zoom = (factor: number) => onView(zoomed(view, factor, { x: size.width / 2, y: size.height / 2 }));
  const keys: Record<string, () => void> = {
    f: () => onView('fit'),
    b: () => go(trouble?.id),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    Escape: () => onSelect(null),
  };
  const post = useContext(Post);
  const exportMap = async (format: 'svg' | 'png') => {
    const place = svg.current?.parentElement;
    if (!place) return;
    const all = { ...{ nodes, positions, history, lit }, edges: graph.edges, region: null, entry: undefined };
    const nothing = () => undefined;
    const drawing = <Drawing {...all} selected={null} onFocus={nothing} onPick={nothing} onElement={nothing} />;
    const text = svgPicture([<Definitions key="definitions" />, drawing], positions, place);
    post({ type: 'exportMap', format, content: format === 'svg' ? text : await pngPicture(text, positions) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const act =
      arrow && entry
        ? () => go(walk(entry.id, arrow, nodes, graph.edges, positions))
        : event.key === 'Enter' || event.key === ' '
          ? () => onSelect(entry?.id ?? null)
          : (keys[event.key.toLowerCase()] ?? keys[event.key]);
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <section class="map" aria-label="Flow map">
      <svg
        ref={svg}
        role="application"
        aria-roledescription="flow map"
        aria-label={`Flow map, ${nodes.length} nodes. Arrow keys follow the flow, B goes to the bottleneck, Enter opens details.`}
        height={size.height}
        onKeyDown={onKeyDown}
        {...gestures}
      >
        <Definitions />
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {far && (
            <g onClick={(event) => pickAt(event)}>
              <Outline nodes={nodes} edges={graph.edges} positions={positions} lit={lit} />
            </g>
          )}
          <Drawing
            edges={graph.edges}
            nodes={nodes}
            positions={positions}
            history={history}
            region={far ? nowhere : region}
            entry={entry?.id}
            selected={selected}
            lit={lit}
            onFocus={setCurrent}
            onPick={pick}
            onElement={keepElement}
          />
        </g>
      </svg>
      {isLarger && (
        <div class="overview">
          <Minimap {...{ nodes, positions, lit, view, size, onView }} edges={graph.edges} />
        </div>
      )}
      <div class="map-tools">
        <Button onClick={() => zoom(0.8)} label="Zoom out" title="Zoom out (−)">
          −
        </Button>
        <Button onClick={() => zoom(1.25)} label="Zoom in" title="Zoom in (+)">
          +
        </Button>
        <Button onClick={() => onView('fit')} title="Show all (F)">
          Fit
        </Button>
        <Button onClick={() => void exportMap('svg')}>Export SVG</Button>
        <Button onClick={() => void exportMap('png')}>Export PNG</Button>
        {graph.leftOut > 0 && <span class="quiet">{graph.leftOut} more are in the table below.</span>}
        <Legend />
      </div>
    </section>
  );
}

const inReadingOrder = (nodes: readonly MapNode[], positions: Positions) => {
  const found = new Map(nodes.map((node) => [node.id, node]));
  return [...positions.nodes.keys()].flatMap((id) => found.get(id) ?? []);
};

/** The stage or queue of the worst bottleneck. */
function worst({ bottlenecks }: Report, nodes: readonly MapNode[]): MapNode | undefined {
  const found = bottlenecks[0];
  const wanted = found?.stage ? stageId(found.stage) : found?.queue ? queueNodeId(found.queue) : undefined;
  return nodes.find(({ id }) => id === wanted);
}
