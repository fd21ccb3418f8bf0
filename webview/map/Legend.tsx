const samples = [
  ['bottleneck', 'double outline: work arrives faster than it is finished'],
  ['blocked', 'hatched: waits for a full queue after it'],
  ['starved', 'dashed: waits for a slow stage before it'],
] as const;

/** What the shapes mean and which keys work; folded away. */
export function Legend() {
  return (
    <details class="legend">
      <summary>Legend and keys</summary>
      <ul>
        {samples.map(([state, text]) => (
          <li key={state}>
            <svg width="38" height="26" aria-hidden="true">
              <g class={`node stage ${state}`} transform="translate(19 13)">
                <rect class="shape" x={-17} y={-11} width={34} height={22} rx={6} />
                {state === 'bottleneck' && <rect class="outline" x={-13} y={-7} width={26} height={14} rx={3} />}
                {state === 'blocked' && (
                  <rect class="hatch" x={-17} y={-11} width={34} height={22} rx={6} fill="url(#blocked)" />
                )}
              </g>
            </svg>
            {text}
          </li>
        ))}
        <li>Boxes are stages, pills are queues. A line is wider the more messages pass it, by the logarithm.</li>
        <li>
          <kbd>B</kbd> bottleneck · <kbd>F</kbd> fit · <kbd>+</kbd> <kbd>−</kbd> zoom · <kbd>←</kbd> <kbd>→</kbd> along
          the edges · <kbd>↑</kbd> <kbd>↓</kbd> within a column · <kbd>Enter</kbd> details · <kbd>Esc</kbd> back · drag
          moves · wheel zooms once the map has the focus
        </li>
      </ul>
    </details>
  );
}
