import { hazardSeverities } from '../../../src/model/hazardSeverity';
import type { LabelledPlace } from '../../harness/hazardCorpus';
import { judged, meets, type Judged, type ScannedPackage } from './found';
import { share, table } from './markdown';

/** Least share of diagnostics that have to be right, by severity, and of hazards that have to be found. */
const leastPrecision = { critical: 0.8, high: 0.8, medium: 0.65, low: 0 };
const leastRecall = 0.7;

/** The figures of one half of the corpus as Markdown, and whether they are what the rules promise. */
export function scoreOf(
  all: readonly ScannedPackage[],
  half: ScannedPackage['half'],
): { text: string; holds: boolean } {
  const packages = all.filter((each) => each.half === half);
  const severities = bySeverity(packages.flatMap(judged));
  const places = placesOf(packages);
  const hazards = places.filter(({ label }) => label.hazard && !label.reported);
  const found = hazards.filter(({ seen }) => seen).length;
  const unjudged = packages.flatMap((each) =>
    judged(each)
      .filter(({ label }) => label === null)
      .map(({ found: { rule, path, line } }) => `${each.name} ${path}:${line} ${rule}`),
  );
  const title = half === 'develop' ? 'Rules were mended against it' : 'Only measured';
  const text = [
    `## ${title} (${half}: ${packages.length} packages, ${places.length} places)`,
    severities.text,
    `Hazards found: **${share(found, hazards.length)}**, promised ${leastRecall.toFixed(2)}.`,
    byRule(packages),
    ...(unjudged.length > 0 ? [`Not judged yet: ${unjudged.map((each) => `\`${each}\``).join(', ')}.`] : []),
    ...missed(places),
  ].join('\n\n');
  return { text, holds: severities.holds && found / hazards.length >= leastRecall };
}

interface Place {
  language: string;
  name: string;
  label: LabelledPlace;
  /** Does the scanner report it, as a diagnostic or as a hint? */
  seen: boolean;
}

const placesOf = (packages: readonly ScannedPackage[]): Place[] =>
  packages.flatMap(({ language, name, places, found }) =>
    places.map((label) => ({ language, name, label, seen: found.some((each) => meets(each, label)) })),
  );

/** How many of the reports are right, by severity. Those that nobody has judged do not count. */
function bySeverity(all: readonly Judged[]): { text: string; holds: boolean } {
  const rows = [...hazardSeverities].reverse().map((severity) => {
    const reports = all.flatMap(({ found, label }) => (label && found.severity === severity ? [label] : []));
    const right = reports.filter(({ hazard }) => hazard).length;
    const least = leastPrecision[severity];
    const files = new Set(reports.map(({ file }) => file)).size;
    const holds = reports.length === 0 || right / reports.length >= least;
    return { severity, right, of: reports.length, files, least, holds };
  });
  const text = table(
    ['severity', 'reports that are right', 'in files', 'promised', 'kept'],
    rows.map(({ severity, right, of, files, least, holds }) => [
      severity,
      share(right, of),
      String(files),
      least === 0 ? '–' : least.toFixed(2),
      of === 0 ? 'nothing reported' : holds ? 'yes' : 'no',
    ]),
  );
  return { text, holds: rows.every(({ holds }) => holds) };
}

function byRule(packages: readonly ScannedPackage[]): string {
  const places = placesOf(packages);
  const rules = [...new Set(places.map(({ label }) => label.rule))].sort();
  return table(
    ['rule', 'hazards found', 'reports that are right', 'false alarms at tricky places'],
    rules.map((rule) => {
      const of = places.filter(({ label }) => label.rule === rule);
      const hazards = of.filter(({ label }) => label.hazard && !label.reported);
      const tricky = of.filter(({ label }) => !label.hazard);
      const right = of.filter(({ label, seen }) => label.hazard && seen).length;
      const wrong = tricky.filter(({ seen }) => seen).length;
      return [
        `\`${rule}\``,
        share(hazards.filter(({ seen }) => seen).length, hazards.length),
        share(right, right + wrong),
        `${wrong} of ${tricky.length}`,
      ];
    }),
  );
}

/** What is wrong, place by place, so that the next reader can judge it. */
function missed(places: readonly Place[]): string[] {
  const told = ({ name, label: { file, line, rule, reason } }: Place) =>
    `- \`${rule}\` ${name} \`${file}:${line}\`: ${reason}`;
  const [misses, alarms] = [
    places.filter(({ label, seen }) => label.hazard && !seen),
    places.filter(({ label, seen }) => !label.hazard && seen),
  ];
  return [
    ...(misses.length > 0 ? [`Not found:\n\n${misses.map(told).join('\n')}`] : []),
    ...(alarms.length > 0 ? [`False alarms:\n\n${alarms.map(told).join('\n')}`] : []),
  ];
}
