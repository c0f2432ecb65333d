import { type CheckedFinding, isNotGood, type NotGood, refusals } from './finding.ts';
import { hangText, smallMargin } from './hang-text.ts';

/** What people read in front of a finding; an NG that only warns is told apart. */
export type FindingLabel = 'OK' | 'SKIP' | 'WARN' | 'NG';

export function labelOf(finding: CheckedFinding): FindingLabel {
  return isNotGood(finding) && finding.warnOnly ? 'WARN' : finding.status;
}

/** Columns beside the names of the checks, below which their findings go under the names. */
const narrowRoom = 42;

/**
 * One line for each finding, and below an NG what was expected and how to mend it. `paint` colours the label; lines
 * longer than `columns`, on a person's terminal, go on below their text.
 */
export function renderFindings(
  findings: readonly CheckedFinding[],
  paint: (label: FindingLabel, text: string) => string = (_, text) => text,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  const marginWidth = 'SKIP'.length + width + 4;
  const narrow = columns < marginWidth + narrowRoom;
  const margin = narrow ? smallMargin : ' '.repeat(marginWidth);
  return findings.flatMap((finding) => {
    const label = labelOf(finding);
    const head = `${paint(label, label.padEnd(4))}  ${finding.check.padEnd(width)}  `;
    const first = (text: string) => hangText(head, marginWidth, text, columns);
    const further = (name: string, text: string) =>
      hangText(`${margin}${name}`, margin.length + name.length, text, columns);
    if (finding.status === 'OK') return first(finding.observed);
    if (finding.status === 'SKIP') return first(finding.reason);
    const { title, expected, observed, remedy } = finding;
    return [
      ...first(`not so: ${title}`),
      ...further('expected  ', expected),
      ...further('observed  ', observed),
      ...further('remedy    ', remedy),
    ];
  });
}

/** One line that counts what there is: `3 OK, 1 SKIP, 2 NG`. */
export function countFindings(findings: readonly CheckedFinding[]): string {
  const labels = findings.map(labelOf);
  return (['OK', 'SKIP', 'WARN', 'NG'] as const)
    .map((label) => ({ label, count: labels.filter((one) => one === label).length }))
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${count} ${label}`)
    .join(', ');
}

/** A person reads this in the cause of an execution; the whole of it is in the record. */
const maxQuoted = 400;

/** The cause of a refused release, one sentence that names every NG; undefined when nothing refuses it. */
export function refusalSentence(findings: readonly CheckedFinding[]): string | undefined {
  const refused = refusals({ findings });
  if (refused.length === 0) return undefined;
  const what = refused.length === 1 ? '1 check is' : `${refused.length} checks are`;
  const said = sameObservedTogether(refused).map(
    ([checks, { expected, observed }]) =>
      `${checks.join(', ')}: expected ${quoted(expected)}, observed ${quoted(observed)}`,
  );
  return `Preflight refused the release, ${what} not good: ${said.join('; ')}`;
}

/** One missing permission may stand in the way of many checks. */
function sameObservedTogether(refused: readonly NotGood[]): (readonly [string[], NotGood])[] {
  const groups = new Map<string, [string[], NotGood]>();
  for (const finding of refused) {
    const key = JSON.stringify([finding.expected, finding.observed]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [[finding.check], finding]);
    else group[0].push(finding.check);
  }
  return [...groups.values()];
}

function quoted(text: string): string {
  return text.length <= maxQuoted ? text : `${text.slice(0, maxQuoted - 1)}…`;
}
