import type { CampaignReport } from './campaign-report.ts';
import { caseKinds, scenarioNames } from './fault-case.ts';

/** The counts of a campaign, for a terminal. */
export function renderCampaign(report: CampaignReport): string {
  const { cases, planned, violations, byScenario, outcomes, notReached, wallSeconds } = report;
  const { mean, p95 } = report.secondsPerCase;
  const played = cases === planned ? `${cases} cases` : `Interrupted: ${cases} of ${planned} cases`;
  const rows = scenarioNames.flatMap((scenario) => {
    const tally = byScenario[scenario];
    if (tally === undefined) return [];
    const counts = caseKinds.map((kind) => String(tally[kind] ?? 0).padStart(8)).join('');
    const ends = Object.entries(outcomes[scenario] ?? {})
      .map(([outcome, count]) => `${count}x ${outcome}`)
      .join('; ');
    return [`  ${scenario.padEnd(18)}${counts}   ${ends}`];
  });
  const again = violations.filter((one) => one.again).length;
  return [
    '',
    `  ${''.padEnd(18)}${caseKinds.map((kind) => kind.padStart(8)).join('')}   how pushes ended`,
    ...rows,
    '',
    `${played}, ${notReached.length} of them not reached; ${mean.toFixed(1)} s per case and worker, 95 % within ${p95.toFixed(1)} s; ${(wallSeconds / 60).toFixed(1)} min in all`,
    violations.length === 0
      ? 'No violation'
      : `${violations.length} violations, ${again} of them in a new world as well`,
  ].join('\n');
}
