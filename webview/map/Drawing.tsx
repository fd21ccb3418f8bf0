import type { FlowGraph, MapEdge, MapNode } from './graph';
import type { Point, Positions } from './layout';
import { memo } from '../ui/memo';
import { EdgeLine } from './EdgeLine';
import { queueHint, QueuePill, queueSpoken } from './QueuePill';
import { around, overlap, touches, type Region } from './region';
import { StageBox, stageHint, stageSpoken } from './StageBox';

export type History = Record<string, [at: number, backlog: number][]>;

interface DrawingProps {
  edges: FlowGraph['edges'];
  /** In the order of the drawing, which figures do not change: a moved element would lose the focus. */
  nodes: readonly MapNode[];
  positions: Positions;
  history: History;
  /** What is drawn; null for all of it. */
  region: Region | null;
  /** Node ids: the one that Tab leads to, and the one whose details are open. */
  entry: string | undefined;
  selected: string | null;
  /** What is before and after the selected node; the rest steps back. */
  lit: ReadonlySet<string> | null;
  onFocus: (id: string) => void;
  onPick: (id: string) => void;
  /** Told of the element that takes the focus of each node; null when it goes. */
  onElement: (id: string, element: SVGRectElement | null) => void;
}

/**
 * The lines and boxes of a region at zoom 1. Zooming and moving within it do not render it again, and an update only what
 * it changes. The node that Tab leads to is always there.
 */
export const Drawing = memo(function Drawing(props: DrawingProps) {
  const { edges, nodes, positions, history, region, entry, selected, lit, ...handlers } = props;
  const stepsBack = (id: string) => lit !== null && !lit.has(id);
  return (
    <>
      {edges.map((edge) => {
        const line = positions.links.get(edge.id);
        if (!line || (region && !overlap(region, around(line.points)))) return null;
        return <Line key={edge.id} edge={edge} line={line} back={stepsBack(edge.id)} />;
      })}
      {nodes.map((node) => {
        const { x, y } = positions.nodes.get(node.id) ?? { x: 0, y: 0 };
        if (region && node.id !== entry && !touches(region, { x, y }, node)) return null;
        return (
          <Node
            key={node.id}
            node={node}
            x={x}
            y={y}
            history={node.kind === 'queue' ? history[node.queue.id] : undefined}
            isEntry={node.id === entry}
            isSelected={node.id === selected}
            back={stepsBack(node.id)}
            {...handlers}
          />
        );
      })}
    </>
  );
});

interface LineProps {
  edge: MapEdge;
  line: { points: Point[]; label: Point };
  back: boolean;
}

const Line = memo(function Line({ edge, line, back }: LineProps) {
  return (
    <g class={`edge${edge.heavy ? ' heavy' : ''}${back ? ' back' : ''}`}>
      <EdgeLine edge={edge} {...line} />
    </g>
  );
});

interface NodeProps extends Pick<DrawingProps, 'onFocus' | 'onPick' | 'onElement'> {
  node: MapNode;
  x: number;
  y: number;
  history: [at: number, backlog: number][] | undefined;
  isEntry: boolean;
  isSelected: boolean;
  back: boolean;
}

const Node = memo(function Node({ node, x, y, history = [], isEntry, isSelected, back, ...handlers }: NodeProps) {
  const { id, kind, width, height, severity } = node;
  const { state } = kind === 'stage' ? node.stage : node.queue;
  return (
    <g class={`node ${kind} ${state} ${severity}${back ? ' back' : ''}`} transform={`translate(${x} ${y})`}>
      <g aria-hidden="true">
        {kind === 'stage' ? <StageBox node={node} /> : <QueuePill node={node} history={history} />}
      </g>
      <rect
        ref={(element) => handlers.onElement(id, element)}
        class="target"
        x={-width / 2}
        y={-height / 2}
        width={width}
        height={height}
        rx={kind === 'stage' ? 10 : height / 2}
        role="button"
        tabindex={isEntry ? 0 : -1}
        aria-label={kind === 'stage' ? stageSpoken(node) : queueSpoken(node)}
        aria-pressed={isSelected}
        onFocus={() => handlers.onFocus(id)}
        onClick={() => handlers.onPick(id)}
      >
        <title>{kind === 'stage' ? stageHint(node) : queueHint(node)}</title>
      </rect>
    </g>
  );
});
