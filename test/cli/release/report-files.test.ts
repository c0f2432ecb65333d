import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandReport } from '../../../cli/release/follow-by-hand.ts';
import { checkReportFiles, writeReportFiles } from '../../../cli/release/report-files.ts';

const report: HandReport = {
  service: 'shop',
  outcome: 'deployed',
  reason: 'Deployed: every running task of shop runs v2',
  executionName: 'shop-by-hand-20260901T100000Z-0a1b2c3d',
  executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:greengate-deploy:shop',
  deploymentId: 'd-ABCDEFGHI',
  startedAt: '2026-09-01T10:00:00.000Z',
  durationMs: 61_000,
  preflight: [],
  hooks: [],
  phases: [],
  input: { service: 'shop', image: 'team/shop:v2' },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'greengate-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('report files of a release by hand', () => {
  it('say what was asked for, as there is no push', () => {
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    writeReportFiles(report, { summary });
    const text = readFileSync(summary, 'utf8');
    expect(text).toMatch(/^before\n### shop: deployed\n/);
    expect(text).toContain('| Asked for | release team/shop:v2 to shop |\n');
    expect(text).not.toContain('undefined');
  });

  it('replace the JUnit file of a build before', () => {
    const junit = join(folder, 'greengate.xml');
    writeFileSync(junit, 'old');
    writeReportFiles(report, { junit });
    expect(readFileSync(junit, 'utf8')).toMatch(/^<\?xml .*\n<testsuites name="greengate shop" /);
  });

  it('are looked at beforehand and left as they were', () => {
    const [junit, summary] = [join(folder, 'new.xml'), join(folder, 'old.md')];
    writeFileSync(summary, 'before\n');
    checkReportFiles({ junit, summary });
    expect(existsSync(junit)).toBe(false);
    expect(readFileSync(summary, 'utf8')).toBe('before\n');
    expect(() => checkReportFiles({ junit: folder })).toThrow(
      `Cannot write the report to ${folder}: EISDIR; name another file`,
    );
  });
});
