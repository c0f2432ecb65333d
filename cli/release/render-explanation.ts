import { shortDigest } from '../../functions/core/image/digest.ts';
import { isNotGood } from '../../functions/core/preflight/finding.ts';
import { countFindings, labelOf } from '../../functions/core/preflight/render-findings.ts';
import { duration, narrateHook } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { adviceFor } from './advice.ts';
import type { ExplainedRelease } from './explained-release.ts';
import { printableReport } from './printable-report.ts';

/** The whole story of a release for a person, most important first. Pure. */
export function renderExplanation(release: ExplainedRelease, paint: Painter): string[] {
  const { execution, request, end, progress, record } = release;
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
    ...optional('redriven', execution.redriveCount || undefined, (times) => `${times} times`),
    ...optional('started by', record?.actor, (actor) => actor),
    ...optional('deployment', end?.deploymentId ?? progress.deploymentId, (id) => id),
    ...preflightLines(release),
    ...hookLines(release, paint),
    ...stopLines(release),
    ...rollbackLines(release, paint),
    ...adviceFor(release).flatMap((advice, index) => [...(index === 0 ? [''] : []), advice]),
  ];
}

const margin = ' '.repeat(13);

function fact(name: string, value: string): string {
  return `  ${name.padEnd(11)}${printable(value)}`;
}

function optional<T>(name: string, value: T | undefined, show: (value: T) => string): string[] {
  return value === undefined ? [] : [fact(name, show(value))];
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

function stopLines({ record }: ExplainedRelease): string[] {
  const stop = record?.stop;
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
    ...checks.map(({ name, verdict, observed, sentence }) =>
      verdict === 'pass'
        ? `${margin}${paint.good('+')} ${printable(`${name}: ${observed}`)}`
        : `${margin}${paint.bad('!')} ${printable(sentence)}`,
    ),
  ];
}
