import type { Node } from 'web-tree-sitter';
import { ancestorsOf } from '../../syntax';

/** `let jobs = self.jobs.lock().unwrap();` above the place in its function: whatever waits there holds up all who need it. */
export function holdsLock(place: Node): boolean {
  const around = [...ancestorsOf(place)].find(({ type }) =>
    /^(function_item|closure_expression|async_block)$/.test(type),
  );
  const above = around?.text.slice(0, place.startIndex - around.startIndex) ?? '';
  return /\blet [^;]*\.(lock|read|write)\(\)(\.await)?(\.unwrap\(\)|\.expect\([^()]*\)|\?)?;/.test(above);
}
