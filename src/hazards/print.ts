import { markdown, plain } from '../model/escape';
import type { Hazard, HazardSeverity, Scan } from '../model/scan';
import { hazardSeverities } from '../model/hazardSeverity';
import { complaintOf } from './suppression';

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;

/** "2 critical, 1 high in 14 files (0.2 MB, 0.4 s)"; "No hazards in …". */
export function headline({ hazards, files, bytes, seconds }: Scan): string {
  const open = hazards.filter(({ suppressed }) => suppressed === null);
  const parts = [...hazardSeverities].reverse().flatMap((severity) => {
    const n = open.filter((hazard) => hazard.severity === severity).length;
    return n > 0 ? [`${n} ${severity}`] : [];
  });
  const where = `${count(files, 'file')} (${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s)`;
  return parts.length > 0 ? `${parts.join(', ')} in ${where}` : `No hazards in ${where}`;
}

/** For a person at a terminal: `path:line:column severity rule`, why, and once for each rule what was looked for. */
export function scanText(scan: Scan): string {
  const open = scan.hazards.filter(({ suppressed }) => suppressed === null);
  const explained = scan.hazards.filter(({ suppressed }) => suppressed !== null);
  const blocks = open.map((hazard) =>
    [
      `${placeOf(hazard)}  ${hazard.severity}  ${hazard.rule}`,
      `  ${plain(hazard.message)}`,
      ...hazard.evidence.map((step) => `  because ${plain(step)}`),
      ...hazard.fixes.map(({ title }) => `  fix: ${plain(title)}`),
    ].join('\n'),
  );
  const lists = [
    ...lookedFor(open),
    listed('Explained away', explained.map(explanationOf)),
    listed('Explanations of nothing', complaintsOf(scan)),
    listed(
      'Passed',
      scan.passed.map(({ rule, places, text }) => `${rule}: ${count(places, 'bounded place')} (${text})`),
    ),
    listed(
      'Not read',
      scan.skipped.map(({ path, reason }) => `${plain(path)}: ${reason}`),
    ),
  ];
  return [headline(scan), ...blocks, ...lists.filter((text) => text !== '')].join('\n\n');
}

/** The same for every hazard of a rule, so it stands once. */
const lookedFor = (hazards: readonly Hazard[]) =>
  [...new Map(hazards.map(({ rule, lookedFor: kinds }) => [rule, kinds]))].map(([rule, kinds]) =>
    listed(`Looked for, and not found (${rule})`, kinds.map(plain)),
  );

const placeOf = ({ path, line, column }: Hazard) => `${plain(path)}:${line}:${column}`;
const explanationOf = (hazard: Hazard) => `${placeOf(hazard)} ${hazard.rule}: ${plain(hazard.suppressed ?? '')}`;
const complaintsOf = ({ suppressions }: Scan) =>
  suppressions.flatMap((each) => {
    const complaint = complaintOf(each);
    return complaint === null ? [] : [`${plain(each.path)}:${each.line}: ${plain(complaint)}`];
  });
const listed = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');

/** For a report in a repository: worst first, what passed last. */
export function scanMarkdown(scan: Scan): string {
  const open = scan.hazards.filter(({ suppressed }) => suppressed === null);
  const sections = [...hazardSeverities].reverse().flatMap((severity) => severitySection(severity, open));
  const tail = [
    section('Explained away', scan.hazards.filter(({ suppressed }) => suppressed !== null).map(explanationOf)),
    section('Explanations of nothing', complaintsOf(scan)),
    section(
      'Passed',
      scan.passed.map(({ rule, places, text }) => `${rule}: ${count(places, 'bounded place')} (${text})`),
    ),
    section(
      'Not read',
      scan.skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
  ].flat();
  return ['# Hazards', markdown(headline(scan)), ...sections, ...tail].join('\n\n');
}

function severitySection(severity: HazardSeverity, hazards: readonly Hazard[]): string[] {
  const lines = hazards
    .filter((hazard) => hazard.severity === severity)
    .map((hazard) => `${placeOf(hazard)} ${hazard.rule}: ${hazard.message}`);
  return section(severity.charAt(0).toUpperCase() + severity.slice(1), lines);
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${markdown(line)}`).join('\n')];
