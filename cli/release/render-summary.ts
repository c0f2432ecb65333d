import { shortDigest } from '../../functions/core/image/digest.ts';
import { isNotGood } from '../../functions/core/preflight/finding.ts';
import { countFindings, labelOf } from '../../functions/core/preflight/render-findings.ts';
import { phaseInWords } from '../../functions/core/rolling/rollout-checks.ts';
import { duration } from '../rehearsal/narrator.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { inWords } from './hand-input.ts';
import type { RenderedReport } from './rendered-report.ts';

/** The release as Markdown, for a GitHub job summary: outcome, reason, and a table of what was checked. */
export function renderSummary(report: RenderedReport): string {
  const { service, outcome, reason } = report;
  return [
    `### ${escapeMarkdown(service)}: ${outcome}`,
    '',
    escapeMarkdown(reason),
    '',
    '| | |',
    '| --- | --- |',
    subject(report),
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

function checksTable({ preflight, hooks, phases }: RenderedReport): string[] {
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

/** Which image a release by hand takes, its workflow decides. */
function subject(report: RenderedReport): string {
  return 'input' in report
    ? row('Asked for', inWords(report.input))
    : row('Image', `${report.repository}@${shortDigest(report.digest)}`);
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
