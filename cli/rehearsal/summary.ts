import type { Painter } from '../terminal/painter.ts';
import { duration } from './narrator.ts';
import type { RehearsalReport } from './report.ts';

/** The report as a person reads it at the end of the run. Pure. */
export function renderSummary(report: RehearsalReport, paint: Painter): string {
  return [
    paint.strong('Releases'),
    ...report.releases.flatMap((release) => [
      `  ${release.tag}  ${outcome(release.outcome, paint)}${release.redrives > 0 ? ` after ${release.redrives} redrive` : ''}  ${paint.faint(release.digest.slice(0, 19))}`,
      `      ${release.reason}`,
      ...(release.beforeRedrive
        ? [`      before the redrive: ${release.beforeRedrive.reason}`]
        : []),
      `      ${release.stateTransitions} state transitions, ${release.apiCalls} API calls, ${(release.lambdaMs / 1_000).toFixed(1)} s of Lambda`,
    ]),
    '',
    paint.strong('Production traffic'),
    ...Object.entries(report.production.byRelease).map(
      ([release, { requests, byStatus }]) =>
        `  ${release.padEnd(14)}${String(requests).padStart(6)} requests  ${statuses(byStatus)}`,
    ),
    `  ${report.production.errors} errors seen by clients in ${report.production.requests} requests`,
    '',
    paint.strong('Time'),
    `  ${report.wallSeconds.toFixed(1)} s of wall time for ${duration(report.virtualSeconds * 1_000)} of AWS time`,
    `  ${report.phases.map(({ name, wallSeconds }) => `${name} ${wallSeconds.toFixed(1)} s`).join(', ')}`,
    '',
    paint.strong('Expectations'),
    ...report.expectations.map(({ expectation, held, observed }) =>
      held
        ? `  ${paint.good('held')}    ${expectation}`
        : `  ${paint.bad('BROKEN')}  ${expectation}: ${observed}`,
    ),
    '',
    report.ok ? paint.good('Rehearsal passed') : paint.bad('Rehearsal failed'),
  ].join('\n');
}

function outcome(text: string, paint: Painter): string {
  return text === 'deployed' ? paint.good(text) : paint.doubtful(text);
}

function statuses(byStatus: Readonly<Record<string, number>>): string {
  return Object.entries(byStatus)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
