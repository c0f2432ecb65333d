import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { balancerFactsKey } from '../../functions/core/balancing/balancer-facts.ts';
import type { Evidence } from '../../functions/core/checks/check-result.ts';
import { deploymentRecordKeys } from '../../functions/core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../../functions/core/deployment/parse-deployment-record.ts';
import { driftRecordKeys, parseDriftRecord } from '../../functions/core/drift/drift-record.ts';
import { parseHookReport } from '../../functions/core/hooks/parse-hook-report.ts';
import type { HookLifecycleEvent } from '../../functions/core/lifecycle-events.ts';
import { unsentKey } from '../../functions/core/notification/unsent-notification.ts';
import type { PreflightRecord } from '../../functions/core/preflight/preflight-record.ts';
import { parseSweepMemory, sweepMemoryKey } from '../../functions/core/sweep/sweep-memory.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import { rolledBackRecord } from '../support/builders/deployment-records.ts';
import { hookReport } from '../support/builders/hook-reports.ts';
import { execution, releaseRequest, serviceConfig } from '../support/builders/releases.ts';
import { repositoryRoot } from './source-files.ts';

const page = readFileSync(join(repositoryRoot, 'docs/reference/records.md'), 'utf8');

/** The first JSON example below a heading. */
function example(heading: string): Record<string, unknown> {
  const section = page.split('\n## ').find((part) => part.startsWith(`\`${heading}\``)) ?? '';
  return JSON.parse(/```json\n([\s\S]*?)```/.exec(section)?.[1] ?? 'null');
}

const members = (value: object) => Object.keys(value).toSorted();

describe('docs/reference/records.md', () => {
  it('lists every key that the functions write', () => {
    const keys = [
      pushRecordKeys.received('EVENT'),
      pushRecordKeys.ignored('EVENT'),
      pushRecordKeys.ignoredImage('REPOSITORY', 'DIGEST'),
      pushRecordKeys.outcome('EVENT', 'SERVICE'),
      pushRecordKeys.preflight('EVENT', 'SERVICE'),
      pushRecordKeys.notification('EVENT', 'SERVICE'),
      pushRecordKeys.rollout('EVENT', 'SERVICE'),
      pushRecordKeys.start('SERVICE'),
      pushRecordKeys.retag('SERVICE'),
      deploymentRecordKeys.taskToken('DEPLOYMENT'),
      deploymentRecordKeys.hook('DEPLOYMENT', 'LIFECYCLE_EVENT' as HookLifecycleEvent),
      deploymentRecordKeys.approval('DEPLOYMENT'),
      deploymentRecordKeys.stopRequest('DEPLOYMENT'),
      deploymentRecordKeys.rollout('DEPLOYMENT'),
      deploymentRecordKeys.notification('DEPLOYMENT'),
      deploymentRecordKeys.record('DEPLOYMENT'),
    ];
    const listed = [...page.matchAll(/^\| `([^`]+\.json)` \|/gm)].map(([, key]) => key);
    const ofServices = [
      balancerFactsKey('SERVICE'),
      sweepMemoryKey('SERVICE'),
      driftRecordKeys.record('SERVICE'),
      driftRecordKeys.notification('SERVICE'),
      unsentKey('KEY.json', Date.parse('2026-09-01')).replace('2026-09-01', 'DAY'),
    ];
    expect(listed.toSorted()).toEqual([...keys, ...ofServices].toSorted());
    const functions = [pushRecordKeys, deploymentRecordKeys].flatMap((all) => Object.keys(all));
    expect(keys).toHaveLength(functions.length);
  });

  it('shows a record with the members that records have', () => {
    const shown = example('deployments/DEPLOYMENT/record.json');
    // The example is shortened, so that only its members can be held against a record that is read back.
    const record = { ...rolledBackRecord(), notifiedAt: '2026-11-21T10:49:37.735Z' };
    expect(parseDeploymentRecord(record)).toBe(record);
    expect(members(shown)).toEqual(members(record));
  });

  it('shows a preflight record with the members that such records have', () => {
    const record: Required<Omit<PreflightRecord, 'overrideFreeze' | 'force' | 'byHand'>> = {
      ...releaseRequest(),
      ...execution(),
      passed: true,
      sentence: '1 OK',
      findings: [],
      durationMs: 1,
      recordedAt: '',
      notifiedAt: '',
    };
    expect(members(example('pushes/EVENT/preflight/SERVICE.json'))).toEqual(members(record));
  });

  it('shows a memory of the sweep that the sweep would read', () => {
    const shown = example('sweep/SERVICE.json');
    const image = { repository: 'team/shop', tags: ['v*', 'main-*'] };

    expect(parseSweepMemory(shown, serviceConfig({ image }))).toBe(shown);
  });

  it('shows a drift record that the sweep would read', () => {
    const shown = example('drift/SERVICE.json');

    expect(parseDriftRecord(shown)).toBe(shown);
  });

  it('lists every kind of evidence', () => {
    const kinds: Record<Evidence['kind'], true> = {
      statuses: true,
      response: true,
      'no-response': true,
      message: true,
      latency: true,
      timings: true,
      'let-through': true,
      comparison: true,
      state: true,
    };
    const table = page.slice(page.indexOf('| Kind | Members |'));
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
    expect(listed.toSorted()).toEqual(Object.keys(kinds).toSorted());
  });

  it('shows a hook report with the members that reports have', () => {
    const shown = example('deployments/DEPLOYMENT/hooks/LIFECYCLE_EVENT.json');
    expect(parseHookReport(shown)).toBe(shown);
    expect(members(shown)).toEqual(members(hookReport()));
  });
});
