import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCaseId } from '../../benchmarks/faults/fault-case.ts';
import { readInterrupted } from '../../benchmarks/faults/interrupted.ts';
import { casesPerWrite, KeptReport } from '../../benchmarks/faults/keep-report.ts';
import type { PlayedCase } from '../../benchmarks/faults/play-case.ts';

const ids = Array.from(
  { length: casesPerWrite + 2 },
  (_, at) => `success:crash-before@greengate-preflight/ecs.DescribeServices#${at + 1}`,
);
const planned = ids.map(parseCaseId);
const played = (id: string): PlayedCase => ({
  id,
  breaches: [],
  outcomes: ['deployed'],
  fired: 1,
  fromSeq: 0,
  wallMs: 2_000,
});

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-faults-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the report of a campaign', () => {
  it('is kept as it goes, for one that is killed', () => {
    const file = join(directory, 'killed.json');
    const kept = new KeptReport(planned, file);
    expect(readInterrupted(file)).toMatchObject({ played: [], left: ids });

    for (const id of ids.slice(0, casesPerWrite + 1)) kept.add(played(id));

    expect(readInterrupted(file)).toMatchObject({
      played: ids.slice(0, casesPerWrite).map(played),
      left: ids.slice(casesPerWrite),
    });
    expect(readdirSync(directory)).toEqual(['killed.json']);
  });

  it('counts what was played before, and its time', () => {
    const file = join(directory, 'resumed.json');
    const [first = '', ...rest] = ids;
    const before = { played: [played(first)], wallSeconds: 90 };
    const kept = new KeptReport(rest.map(parseCaseId), file, before);
    kept.add(played(rest[0] ?? ''));

    const report = kept.write();

    expect(report).toMatchObject({ cases: 2, planned: ids.length, violations: [] });
    expect(report.wallSeconds).toBeGreaterThan(90);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ left: rest.slice(1) });
  });

  it('refuses a file that cannot be written before anything is played', () => {
    expect(() => new KeptReport(planned, join(directory, 'missing', 'x.json'))).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: expect.stringMatching(/^--json cannot write .*missing\/x\.json: ENOENT/),
      }),
    );
  });
});
