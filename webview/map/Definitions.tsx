import { tipLength } from './EdgeLine';

/** Hatching and arrow heads, which boxes and lines refer to. */
export const Definitions = () => (
  <defs>
    <pattern id="blocked" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatching" width="2" height="8" />
    </pattern>
    {['tip', 'heavy-tip'].map((id) => (
      <marker
        key={id}
        id={id}
        viewBox="0 0 8 8"
        refY="4"
        markerUnits="userSpaceOnUse"
        markerWidth={tipLength}
        markerHeight={id === 'tip' ? 9 : 16}
        preserveAspectRatio="none"
        orient="auto"
      >
        <path class="tip" d="M0 0L8 4L0 8Z" />
      </marker>
    ))}
  </defs>
);
