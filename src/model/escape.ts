import { wellFormed } from './identity';

/**
 * Text from outside (queue names, broker messages) is escaped where it enters a format, by the one function here that
 * belongs to that format.
 */

/** Invisible characters that could hide or reorder text: controls, line separators, bidirectional overrides. */

const hidden = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
const visible = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** For one line of a terminal or a tooltip: control characters (escape sequences too) become visible. */
export const plain = (text: string) => text.replace(hidden, visible);

/** For HTML text and quoted attribute values. */
export const html = (text: string) => plain(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** For running Markdown text and table cells: every character that Markdown or inline HTML could read as a mark. */
export const markdown = (text: string) =>
  plain(text).replace(/[\\`*_{}[\]()<>#+\-.!|~$&:@]/g, (c) =>
    c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : `\\${c}`,
  );

/** One word for a POSIX shell. */
export const shell = (text: string) =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A quoted string of PromQL, such as the value of a label matcher (prometheus.io, querying basics: Go's escapes). */
export const promql = (text: string) =>
  `"${wellFormed(text)
    .replace(/[\\"]/g, (c) => `\\${c}`)
    .replace(hidden, visible)}"`;

/** For the labels and annotations of an alert rule, which are templates of Go: braces are printed, not run. */
export const alertTemplate = (text: string) => wellFormed(text).replaceAll('{{', '{{ "{{" }}');
