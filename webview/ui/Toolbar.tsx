import type { PageStatus } from '../../src/protocol/page';
import type { FromPage } from '../../src/protocol/page';
import { TakeAway } from './TakeAway';
import { Button, Checkbox } from './toolkit';

interface ToolbarProps {
  status: PageStatus | null;
  live: boolean;
  onLive: (live: boolean) => void;
  post: (message: FromPage) => void;
  /** Is there a report to copy? */
  measured: boolean;
}

/** Measure, watch, take away. */
export function Toolbar({ status, live, onLive, post, measured }: ToolbarProps) {
  const sampling = status?.phase === 'sampling';
  return (
    <div class="toolbar" role="toolbar" aria-label="Report">
      {sampling ? (
        <Button onClick={() => post({ type: 'cancel' })}>Cancel</Button>
      ) : (
        <Button primary onClick={() => post({ type: 'analyze' })}>
          {status?.phase === 'failed' ? 'Try again' : 'Analyze'}
        </Button>
      )}
      <Checkbox checked={live} onChange={onLive}>
        Live
      </Checkbox>
      {measured && <TakeAway post={post} />}
    </div>
  );
}
