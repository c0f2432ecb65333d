import { isNotGood } from '../../functions/core/preflight/finding.ts';
import type { Verdict } from '../../functions/core/verdict/verdict.ts';
import { escapeXml } from './escape-xml.ts';
import type { RenderedReport } from './rendered-report.ts';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly seconds: number;
  readonly problem?: { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string };
}

const good: readonly RenderedReport['outcome'][] = ['deployed', 'already-running'];
const passedOver: readonly RenderedReport['outcome'][] = ['superseded', 'ignored', 'never-started'];

/**
 * The release as JUnit's XML (the schema that Jenkins' junit step reads): one test for its outcome, one for each
 * preflight check and each check of a hook, or of a phase of a rolling update.
 */
export function renderJUnit(report: RenderedReport): string {
  const cases = [
    outcomeCase(report),
    ...preflightCases(report),
    ...hookCases(report),
    ...phaseCases(report),
  ];
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) =>
    renderSuite(
      suite,
      cases.filter((one) => one.suite === suite),
      report.startedAt,
    ),
  );
  const counts = `tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="greengate ${escapeXml(report.service)}" ${counts}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeCase({ service, outcome, reason, durationMs = 0 }: RenderedReport): TestCase {
  const base = { suite: 'release', name: `${service} is released`, seconds: durationMs / 1_000 };
  const message = `${outcome}: ${reason}`;
  if (good.includes(outcome)) return base;
  if (passedOver.includes(outcome)) return { ...base, problem: { kind: 'skipped', message } };
  const kind = outcome === 'timed-out' ? 'error' : 'failure';
  return { ...base, problem: { kind, message } };
}

function preflightCases({ preflight }: RenderedReport): TestCase[] {
  return preflight.map((finding) => {
    const base = { suite: 'preflight', name: `${finding.check}: ${finding.title}`, seconds: 0 };
    if (finding.status === 'OK') return base;
    if (!isNotGood(finding)) {
      const message = finding.status === 'SKIP' ? finding.reason : '';
      return { ...base, problem: { kind: 'skipped', message } };
    }
    const { expected, observed, remedy, warnOnly } = finding;
    const message = `expected ${expected}, observed ${observed}. ${remedy}`;
    // What only warns refused nothing, and must not turn a build red either.
    return { ...base, problem: { kind: warnOnly ? 'skipped' : 'failure', message } };
  });
}

const problemKinds: Readonly<Record<Exclude<Verdict, 'pass'>, 'failure' | 'error'>> = {
  fail: 'failure',
  inconclusive: 'error',
  error: 'error',
};

function hookCases({ hooks }: RenderedReport): TestCase[] {
  return hooks.flatMap(({ lifecycleEvent, checks, startedAt, endedAt }) =>
    checks.map(({ name, verdict, sentence }, index) => {
      // A hook's time is that of its checks together; it stands with the first.
      const seconds = index === 0 ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000 : 0;
      return checkCase({ suite: lifecycleEvent, name, seconds }, verdict, sentence);
    }),
  );
}

function phaseCases({ phases }: RenderedReport): TestCase[] {
  return phases.flatMap(({ phase, checks }) =>
    checks.map(({ name, verdict, sentence }) =>
      checkCase({ suite: `rollout-${phase}`, name, seconds: 0 }, verdict, sentence),
    ),
  );
}

function checkCase(base: TestCase, verdict: Verdict, sentence: string): TestCase {
  if (verdict === 'pass') return base;
  const message = `${verdict}: ${sentence}`;
  return { ...base, problem: { kind: problemKinds[verdict], message } };
}

function renderSuite(suite: string, cases: readonly TestCase[], startedAt: string | undefined) {
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0);
  const timestamp = startedAt === undefined ? '' : ` timestamp="${startedAt.slice(0, 19)}"`;
  return [
    `  <testsuite name="${escapeXml(suite)}" tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}" time="${time.toFixed(3)}"${timestamp}>`,
    ...cases.map(renderCase),
    '  </testsuite>',
  ].join('\n');
}

function renderCase({ suite, name, seconds, problem }: TestCase): string {
  const head = `    <testcase classname="greengate.${escapeXml(suite)}" name="${escapeXml(name)}" time="${seconds.toFixed(3)}"`;
  if (problem === undefined) return `${head}/>`;
  const { kind, message } = problem;
  return `${head}><${kind} message="${escapeXml(message)}"/></testcase>`;
}

function count(cases: readonly TestCase[], kind: 'failure' | 'error' | 'skipped'): number {
  return cases.filter(({ problem }) => problem?.kind === kind).length;
}
