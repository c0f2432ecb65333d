import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCaseId } from '../../benchmarks/faults/fault-case.ts';
import { leftOf, readInterrupted } from '../../benchmarks/faults/interrupted.ts';
import type { PlayedCase } from '../../benchmarks/faults/play-case.ts';

const crash = 'success:crash-before@greengate-preflight/ecs.DescribeServices#1';
const lost = 'rollback:lose@aws.ecr/ECR_Image_Action#2';
const played: PlayedCase = {
  id: crash,
  breaches: [],
  outcomes: ['deployed'],
  fired: 1,
  fromSeq: 0,
  wallMs: 2_000,
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-faults-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('a campaign that was interrupted', () => {
  it('leaves what was planned and not played', () => {
    expect(leftOf([crash, lost].map(parseCaseId), [played])).toEqual([lost]);
  });

  it('is read from its report', () => {
    const file = join(directory, 'report.json');
    const report = { cases: 1, planned: 2, violations: [], played: [played], left: [lost] };
    writeFileSync(file, JSON.stringify({ ...report, wallSeconds: 90 }));
    expect(readInterrupted(file)).toEqual({ played: [played], left: [lost], wallSeconds: 90 });
  });

  it.each([
    ['is not there', undefined, 'cannot read'],
    ['is not JSON', '{', 'cannot read'],
    ['is another JSON', '{"cases":3}', 'lacks them'],
    ['is an earlier report', '{"wallSeconds":3,"played":[]}', 'lacks them'],
    ['names what is no case', '{"wallSeconds":3,"played":[],"left":["x"]}', 'x'],
  ])('a file that %s is told in one line', (name, text, told) => {
    const file = join(directory, `${name}.json`);
    if (text !== undefined) writeFileSync(file, text);
    expect(() => readInterrupted(file)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(told) }),
    );
  });
});
