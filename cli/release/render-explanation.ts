import { shortDigest } from '../../functions/core/image/digest.ts';
import { isNotGood } from '../../functions/core/preflight/finding.ts';
import { countFindings, labelOf } from '../../functions/core/preflight/render-findings.ts';
import { duration, narrateHook } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { adviceFor } from './advice.ts';
import { explainRollout } from './explain-rollout.ts';
import type { ExplainedRelease } from './explained-release.ts';
import { checkLines, fact, optional } from './explanation-lines.ts';
import { printableReport } from './printable-report.ts';

/** The whole story of a release for a person, most important first. Pure. */
export function renderExplanation(release: ExplainedRelease, paint: Painter): string[] {
  const { execution, request, end, progress, rollout } = release;
  const record = rollout?.record ?? release.record;
  const what =
    request === undefined
      ? 'no request for a release'
      : `${request.service} ${request.tag ?? request.asked ?? ''}${request.digest === undefined ? '' : ` (${shortDigest(request.digest)})`}`;
  const outcome = end?.outcome ?? 'running';
  const colour = ['deployed', 'already-running'].includes(outcome) ? paint.good : paint.bad;
  return [
    `${paint.strong(what)}  ${colour(outcome)}`,
    printable(end?.reason ?? `At ${progress.states.at(-1)?.name ?? 'its start'} for now`),
    '',
    fact('execution', execution.executionName),
    fact('started', new Date(execution.startedAtMs).toISOString()),
    ...optional('took', execution.endedAtMs, (at) => duration(at - execution.startedAtMs)),
    fact('states', progress.states.map(({ name }) => name).join(' > ')),
    ...optional('redriven', execution.redriveCount || undefined, (times) =>
      times === 1 ? 'once' : `${times} times`,
    ),
    ...optional('started by', record?.actor, (actor) => actor),
    ...optional(
      rollout ? 'rollout' : 'deployment',
      end?.deploymentId ?? rollout?.deploymentId ?? progress.deploymentId,
      (id) => id,
    ),
    ...preflightLines(release),
    ...hookLines(release, paint),
    ...(rollout === undefined ? [] : explainRollout(rollout, paint)),
    ...stopLines(release),
    ...rollbackLines(release, paint),
    ...adviceFor(release).flatMap((advice, index) => [...(index === 0 ? [''] : []), advice]),
  ];
}

function preflightLines({ findings }: ExplainedRelease): string[] {
  if (findings.length === 0) return [];
  return [
    fact('preflight', countFindings(findings)),
    ...findings
      .filter(isNotGood)
      .flatMap((finding) => [
        fact('', `${labelOf(finding)} ${finding.check}: expected ${finding.expected}`),
        fact('', `   observed ${finding.observed}`),
        fact('', `   ${finding.remedy}`),
      ]),
  ];
}

function hookLines({ hooks }: ExplainedRelease, paint: Painter): string[] {
  if (hooks.length === 0) return [];
  return ['', ...hooks.flatMap((report) => narrateHook(printableReport(report), paint))];
}

function stopLines({ record, rollout }: ExplainedRelease): string[] {
  const stop = (rollout?.record ?? record)?.stop;
  if (stop === undefined) return [];
  return [
    '',
    fact('stopped', `by Greengate, ${stop.cause}: ${stop.sentence}`),
    ...stop.evidence.map((line) => fact('', String(line))),
  ];
}

function rollbackLines({ record }: ExplainedRelease, paint: Painter): string[] {
  const rollback = record?.rollback;
  if (rollback === undefined) return [];
  const { deployment, checks } = rollback;
  return [
    '',
    fact('rollback', `${deployment.deploymentId} ${deployment.status}`),
    ...checkLines(checks, paint),
  ];
}
