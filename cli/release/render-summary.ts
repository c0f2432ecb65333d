import { shortDigest } from '../../functions/core/image/digest.ts';
import { isNotGood } from '../../functions/core/preflight/finding.ts';
import { countFindings, labelOf } from '../../functions/core/preflight/render-findings.ts';
import { phaseInWords } from '../../functions/core/rolling/rollout-checks.ts';
import { duration } from '../rehearsal/narrator.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { ReleaseReport } from './release-report.ts';

/** The release as Markdown, for a GitHub job summary: outcome, reason, and a table of what was checked. */
export function renderSummary(report: ReleaseReport): string {
  const { service, outcome, reason, repository, digest } = report;
  return [
    `### ${escapeMarkdown(service)}: ${outcome}`,
    '',
    escapeMarkdown(reason),
    '',
    '| | |',
    '| --- | --- |',
    row('Image', `${repository}@${shortDigest(digest)}`),
    ...optionalRow('Execution', report.executionName),
    ...optionalRow('Deployment', report.deploymentId),
    ...optionalRow(
      'Took',
      report.durationMs === undefined ? undefined : duration(report.durationMs),
    ),
    ...checksTable(report),
    '',
  ].join('\n');
}

function checksTable({ preflight, hooks, phases }: ReleaseReport): string[] {
  const notGood = preflight
    .filter(isNotGood)
    .map((finding) => cells('Preflight', finding.check, labelOf(finding), finding.observed));
  const judged = [
    ...hooks.map(({ lifecycleEvent, checks }) => ({ when: lifecycleEvent, checks })),
    ...phases.map(({ phase, checks }) => ({ when: phaseInWords[phase], checks })),
  ];
  const checks = judged.flatMap(({ when, checks: all }) =>
    all.map(({ name, verdict, sentence, observed }) =>
      cells(when, name, verdict, verdict === 'pass' ? observed : sentence),
    ),
  );
  const asked =
    preflight.length === 0 ? [] : [cells('Preflight', 'all checks', countFindings(preflight), '')];
  const rows = [...asked, ...notGood, ...checks];
  return rows.length === 0
    ? []
    : ['', '| When | Check | Verdict | What was seen |', '| --- | --- | --- | --- |', ...rows];
}

function row(name: string, value: string): string {
  return `| ${name} | ${escapeMarkdown(value)} |`;
}

function optionalRow(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [row(name, value)];
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.map(escapeMarkdown).join(' | ')} |`;
}
