import { useContext } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import { Post } from '../extension';
import { Button } from '../ui/toolkit';

/** A quick fix and where it is to be made; leads there. */
export function Place({ path, line, title }: { path: string; line: number; title: string }) {
  const post = useContext(Post);
  return (
    <p class="place">
      {plain(title)} <Button onClick={() => post({ type: 'place', path, line })}>{plain(`${path}:${line}`)}</Button>
    </p>
  );
}
