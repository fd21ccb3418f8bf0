import type { CommonOptions } from './options';
import { writeWhole } from './wholeFile';

/** Where results, remarks and progress of a verb go: results to standard output or a file, all else to standard error. */
export class Output {
  /** Columns to wrap to; wide enough for any table when nobody watches. */
  readonly width: number;
  readonly color: boolean;
  #progress = false;

  constructor(private readonly options: Pick<CommonOptions, 'output' | 'quiet' | 'color'>) {
    const toTerminal = process.stdout.isTTY && options.output === undefined;
    this.width = toTerminal ? process.stdout.columns : 120;
    this.color = toTerminal && options.color && !process.env.NO_COLOR;
  }

  /** The result of the verb. @throws {UsageError} when the file cannot be written */
  result(text: string): void {
    this.progress(null);
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    if (this.options.output === undefined) {
      process.stdout.write(whole);
      return;
    }
    writeWhole([{ flag: '--output', file: this.options.output, text: whole }]);
  }

  /** A remark for the person, silenced by --quiet. */
  remark(text: string): void {
    if (this.options.quiet) return;
    this.progress(null);
    process.stderr.write(`${text}\n`);
  }

  /** One line that replaces itself, on a terminal only; null takes it away. */
  progress(text: string | null): void {
    if (!process.stderr.isTTY || this.options.quiet || (text === null && !this.#progress)) return;
    process.stderr.write(`\r\u001b[K${text ?? ''}`);
    this.#progress = text !== null;
  }
}
