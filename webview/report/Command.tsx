import { useContext } from 'preact/hooks';
import { plain } from '../../src/model/escape';
import { Post } from '../extension';
import { Button } from '../ui/toolkit';

/** A command to read and to take away; the page itself never runs one. */
export function Command({ command }: { command: string }) {
  const post = useContext(Post);
  return (
    <div class="command">
      <pre tabIndex={0} aria-label="Command">
        <code>{plain(command)}</code>
      </pre>
      <Button onClick={() => post({ type: 'copyText', text: command })} label={`Copy ${command}`}>
        Copy
      </Button>
    </div>
  );
}
