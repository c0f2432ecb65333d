import { describe, expect, it } from 'vitest';
import { releaseExitCode } from '../../../cli/release/exit-code.ts';
import { narrateRelease } from '../../../cli/release/narrate-release.ts';
import type { Followed } from '../../../cli/release/release-news.ts';
import { releaseReport } from '../../../cli/release/release-report.ts';
import { renderJUnit } from '../../../cli/release/render-junit.ts';
import { renderSummary } from '../../../cli/release/render-summary.ts';
import { createPainter } from '../../../cli/terminal/painter.ts';
import type { CheckedFinding } from '../../../functions/core/preflight/finding.ts';
import type { Outcome } from '../../../functions/core/release.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { executionAt, executionName, request } from './fake-account.ts';

const wanted = { service: 'shop', repository: 'team/shop', digest: request.digest };
const startedAtMs = Date.parse('2026-09-01T10:00:00.000Z');
const paint = createPainter(false);

function ended(
  outcome: Outcome,
  change: Partial<Extract<Followed, { kind: 'ended' }>> = {},
): Followed {
  return {
    kind: 'ended',
    execution: executionAt(startedAtMs, { status: 'FAILED', endedAtMs: startedAtMs + 90_000 }),
    end: { outcome, reason: `${outcome}, that is why`, deploymentId: 'd-1' },
    findings: [],
    hooks: [],
    phases: [],
    ...change,
  };
}

const findings: CheckedFinding[] = [
  { check: 'a', title: 'A holds', warnOnly: false, status: 'OK', observed: 'a' },
  { check: 'b', title: 'B holds', warnOnly: false, status: 'SKIP', reason: 'no b' },
  {
    check: 'c',
    title: 'C holds',
    warnOnly: true,
    status: 'NG',
    expected: 'c',
    observed: 'd',
    remedy: 'Do c',
  },
  {
    check: 'e',
    title: 'E holds',
    warnOnly: false,
    status: 'NG',
    expected: 'e',
    observed: '<f> & "g"',
    remedy: 'Do e',
  },
];

const hostile = hookReport({
  lifecycleEvent: 'AfterAllowTestTraffic',
  verdict: 'fail',
  checks: [
    {
      name: '/ | products',
      type: 'http',
      verdict: 'fail',
      sentence: 'got \u001b[31m<script>alert(1)</script>\u0000 | `x`\nnew line \ud800',
      expected: 'e',
      observed: 'o',
      samples: 1,
      evidence: [],
    },
  ],
});

describe('releaseExitCode', () => {
  it.each<[Followed, number]>([
    [ended('deployed'), 0],
    [ended('already-running'), 0],
    [ended('rolled-back'), 2],
    [ended('refused'), 2],
    [ended('failed'), 2],
    [ended('superseded'), 3],
    [ended('ignored'), 3],
    [{ kind: 'ignored', reason: 'no' }, 3],
    [{ kind: 'never-started', afterMs: 1 }, 3],
    [{ kind: 'timed-out', executionArn: 'arn', afterMs: 1 }, 4],
  ])('tells %j apart', (followed, code) => {
    expect(releaseExitCode(followed)).toBe(code);
  });
});

describe('renderJUnit', () => {
  it('has a test for the outcome, each preflight check and each check of a hook', () => {
    const xml = renderJUnit(
      releaseReport(wanted, ended('rolled-back', { findings, hooks: [hostile] })),
    );
    expect(xml).toContain(
      '<testsuites name="greengate shop" tests="6" failures="3" errors="0" skipped="2">',
    );
    expect(xml).toContain(
      '<testcase classname="greengate.release" name="shop is released" time="90.000"><failure message="rolled-back: rolled-back, that is why"/></testcase>',
    );
    expect(xml).toContain(
      '<testcase classname="greengate.preflight" name="a: A holds" time="0.000"/>',
    );
    expect(xml).toContain(
      'name="c: C holds" time="0.000"><skipped message="expected c, observed d. Do c"/>',
    );
    expect(xml).toContain(
      '<failure message="expected e, observed &lt;f&gt; &amp; &quot;g&quot;. Do e"/>',
    );
  });

  it('holds whatever a service answered without breaking the XML', () => {
    const xml = renderJUnit(releaseReport(wanted, ended('rolled-back', { hooks: [hostile] })));
    expect(xml).toContain(
      'message="fail: got \ufffd[31m&lt;script&gt;alert(1)&lt;/script&gt;\ufffd | `x`&#10;new line \ufffd"',
    );
  });

  it.each<[Outcome, string]>([
    ['deployed', 'failures="0" errors="0" skipped="0"'],
    ['superseded', 'failures="0" errors="0" skipped="1"'],
    ['refused', 'failures="1" errors="0" skipped="0"'],
  ])('counts %s as %s', (outcome, counts) => {
    expect(renderJUnit(releaseReport(wanted, ended(outcome)))).toContain(`tests="1" ${counts}>`);
  });

  it('makes a release that is not over an error', () => {
    const followed: Followed = { kind: 'timed-out', executionArn: 'arn', afterMs: 60_000 };
    expect(renderJUnit(releaseReport(wanted, followed))).toContain(
      '<error message="timed-out: The release is not over after 60 s',
    );
  });
});

describe('renderSummary', () => {
  it('tells outcome, reason and what was checked', () => {
    const text = renderSummary(
      releaseReport(wanted, ended('deployed', { findings, hooks: [hookReport()] })),
    );
    expect(text.split('\n').slice(0, 3)).toEqual([
      '### shop: deployed',
      '',
      'deployed, that is why',
    ]);
    expect(text).toContain(`| Execution | ${executionName} |`);
    expect(text).toContain('| Took | 90 s |'.replace('90 s', '2 min'));
    expect(text).toContain('| Preflight | all checks | 1 OK, 1 SKIP, 1 WARN, 1 NG |  |');
    expect(text).toContain('| Preflight | e | NG | &lt;f&gt; &amp; "g" |');
  });

  it('lets nothing that a service answered become Markdown or HTML', () => {
    const text = renderSummary(releaseReport(wanted, ended('rolled-back', { hooks: [hostile] })));
    const row = text.split('\n').find((line) => line.startsWith('| AfterAllowTestTraffic'));
    expect(row).toBe(
      '| AfterAllowTestTraffic | / &#124; products | fail | got  &#91;31m&lt;script&gt;alert(1)&lt;/script&gt;  &#124; &#96;x&#96; new line \ufffd |',
    );
  });
});

describe('narrateRelease', () => {
  it('keeps what a service answered from reaching the terminal as a command', () => {
    const [, line] = narrateRelease({ kind: 'hook', report: hostile }, '00:01', paint);
    expect(line).toContain('got \\u001b[31m<script>');
    expect(line).toContain('| `x` new line');
  });

  it('tells what preflight found wrong with its remedy, and no lifecycle event that went well', () => {
    const lines = narrateRelease({ kind: 'preflight', findings }, '00:02', paint);
    expect(lines).toEqual([
      '  00:02  preflight  1 OK, 1 SKIP, 1 WARN, 1 NG',
      '  00:02             WARN c: d. Do c',
      '  00:02             NG e: <f> & "g". Do e',
    ]);
    const lifecycle = (status: string) =>
      narrateRelease({ kind: 'lifecycle', name: 'Install', status }, '00:03', paint);
    expect(lifecycle('InProgress')).toEqual(['  00:03  lifecycle  Install']);
    expect(lifecycle('Succeeded')).toEqual([]);
    expect(lifecycle('Failed')).toEqual(['  00:03  lifecycle  Install Failed']);
  });
});
