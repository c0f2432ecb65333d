import { describe, expect, it } from 'vitest';
import { campaignReport } from '../../benchmarks/faults/campaign-report.ts';
import type { PlayedCase } from '../../benchmarks/faults/play-case.ts';
import { renderCampaign } from '../../benchmarks/faults/render-campaign.ts';

const crash = 'success:crash-before@greengate-preflight/ecs.DescribeServices#1';
const lost = 'rollback:lose@aws.ecr/ECR_Image_Action#2';
const played = (id: string, more: Partial<PlayedCase> = {}): PlayedCase => ({
  id,
  breaches: [],
  outcomes: ['deployed'],
  fired: 1,
  fromSeq: 0,
  wallMs: 2_000,
  ...more,
});
const orphans = { invariant: 'no orphans', sentence: '2 task sets, expected 1' } as const;

describe('the report of a campaign', () => {
  const report = campaignReport(
    [
      played(crash),
      played(lost, {
        outcomes: ['rolled-back'],
        breaches: [orphans],
        again: true,
        fired: 0,
        wallMs: 4_000,
      }),
    ],
    { planned: 5, wallSeconds: 90 },
  );

  it('counts what was played, what was planned, and what was not reached', () => {
    expect(report).toMatchObject({ cases: 2, planned: 5, notReached: [lost], wallSeconds: 90 });
    expect(report.byScenario).toEqual({ success: { crash: 1 }, rollback: { event: 1 } });
    expect(report.outcomes).toEqual({ success: { deployed: 1 }, rollback: { 'rolled-back': 1 } });
    expect(report.secondsPerCase).toEqual({ mean: 3, p95: 4 });
  });

  it('names each violation with the command that shows it again', () => {
    expect(report.violations).toEqual([
      {
        case: lost,
        ...orphans,
        again: true,
        reproduce: `npm run bench:faults -- --only '${lost}'`,
      },
    ]);
  });

  it('says when it was interrupted, and when it was not', () => {
    expect(renderCampaign(report)).toContain(
      'Interrupted: 2 of 5 cases, 1 of them not reached; 3.0 s per case and worker, 95 % within 4.0 s; 1.5 min in all',
    );
    const whole = renderCampaign(
      campaignReport([played(crash)], { planned: 1, wallSeconds: 6 }),
    ).split('\n');
    expect(whole.slice(-2)).toEqual([
      '1 cases, 0 of them not reached; 2.0 s per case and worker, 95 % within 2.0 s; 0.1 min in all',
      'No violation',
    ]);
  });
});
