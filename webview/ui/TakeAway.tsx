import { reportFormats, type FromPage } from '../../src/protocol/page';
import { Button } from './toolkit';

const names = { markdown: 'Markdown', html: 'HTML', json: 'JSON' };

/** The report to the clipboard or into a file, in each of its formats. */
export function TakeAway({ post }: { post: (message: FromPage) => void }) {
  return (
    <details class="take-away">
      <summary>Copy or export</summary>
      <div class="buttons">
        {reportFormats.map((format) => (
          <Button key={format} onClick={() => post({ type: 'copy', format })}>{`Copy as ${names[format]}`}</Button>
        ))}
        {reportFormats.map((format) => (
          <Button key={format} onClick={() => post({ type: 'export', format })}>{`Export ${names[format]}`}</Button>
        ))}
      </div>
    </details>
  );
}
