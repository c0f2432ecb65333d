import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenRehearsal } from '../../cli/rehearsal/open-rehearsal.ts';
import { rehearse } from '../../cli/rehearsal/rehearsal.ts';
import type { RehearsalReport, ReleaseReport } from '../../cli/rehearsal/report.ts';
import { createPainter } from '../../cli/terminal/painter.ts';
import { readConfig } from '../../infra/read-config.ts';

const rehearsalLimitMs = 240_000;

let opened: OpenRehearsal;
let report: RehearsalReport;
const lines: string[] = [];

beforeAll(async () => {
  const options = {
    config: readConfig(),
    print: (line: string) => void lines.push(line),
    paint: createPainter(false),
  };
  report = await rehearse(options, (open) => {
    opened = open;
  });
}, rehearsalLimitMs);

afterAll(() => opened?.stop());

const release = (tag: string): ReleaseReport => {
  const found = report.releases.find((candidate) => candidate.tag === tag);
  if (!found) throw new Error(`No release ${tag} in the report`);
  return found;
};

const pushRecord = (digest: string) => {
  const { world } = opened.simulator;
  const started = world.journal
    .of('execution.started')
    .find(({ input }) => (input as { digest: string }).digest === digest);
  if (!started) throw new Error(`No execution was started for ${digest}`);
  const { eventId, service } = started.input as { eventId: string; service: string };
  return opened.stage.watcher.record(`pushes/${eventId}/${service}.json`);
};

describe('the whole way', () => {
  it('holds every expectation', () => {
    expect(report.expectations.filter(({ held }) => !held)).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it('releases v2 and v4, and takes v3 and the first v4 back', () => {
    expect(report.releases.map(({ tag, outcome, redrives }) => [tag, outcome, redrives])).toEqual([
      ['v2', 'deployed', 0],
      ['v3', 'rolled-back', 0],
      ['v4', 'deployed', 1],
    ]);
    expect(release('v4').beforeRedrive?.outcome).toBe('rolled-back');
  });

  it('never lets a client see an error, or a bad release', () => {
    expect(report.production.errors).toBe(0);
    expect(report.production.requests).toBeGreaterThan(200);
    expect(Object.keys(report.production.byRelease).sort()).toEqual(['v1', 'v2', 'v4']);
    for (const traffic of Object.values(report.production.byRelease)) {
      expect(Object.keys(traffic.byStatus)).toEqual(['200']);
    }
    expect(release('v3').productionRequests).toBe(0);
    expect(release('v4').beforeRedrive?.productionRequests).toBe(0);
  });

  it('lets each traffic weight serve requests before its wait is skipped', () => {
    expect(release('v2').productionRequests).toBeGreaterThanOrEqual(50);
  });

  it('says in one sentence what was expected and what was seen', () => {
    expect(release('v3').reason).toMatch(
      /^Rolled back: AfterAllowTestTraffic failed: GET \/products: expected .*price.*, got .*of 100 responses/,
    );
    expect(release('v3').reason).not.toContain('\n');
    expect(release('v4').beforeRedrive?.reason).toMatch(/expected status 200, got status 503/);
  });

  it('keeps the evidence of each hook', () => {
    const verdicts = release('v3').evidence.map((one) => `${one.lifecycleEvent}: ${one.verdict}`);
    expect(verdicts).toContain('AfterAllowTestTraffic: fail');
    expect(new Set(release('v2').evidence.map(({ lifecycleEvent }) => lifecycleEvent))).toEqual(
      new Set([
        'BeforeInstall',
        'AfterInstall',
        'AfterAllowTestTraffic',
        'BeforeAllowTraffic',
        'AfterAllowTraffic',
      ]),
    );
    expect(release('v2').evidence.every(({ verdict }) => verdict === 'pass')).toBe(true);
  });

  it('follows each rollback to its own deployment', () => {
    const created = opened.simulator.world.journal.of('deployment.created');
    const rollbacks = created.filter(({ creator }) => creator === 'codeDeployRollback');
    expect(rollbacks.map(({ deploymentId }) => deploymentId)).toEqual([
      release('v3').rollbackDeploymentId,
      release('v4').beforeRedrive?.rollbackDeploymentId,
    ]);
    expect(release('v2').rollbackDeploymentId).toBeNull();
  });

  it('records exactly one outcome for each push', () => {
    expect(pushRecord(release('v2').digest)).toMatchObject({ outcome: 'deployed' });
    expect(pushRecord(release('v3').digest)).toMatchObject({ outcome: 'rolled-back' });
    expect(pushRecord(release('v4').digest)).toMatchObject({ outcome: 'deployed' });
  });

  it('records what set each deployment going', () => {
    const actor = (deploymentId: string | null | undefined) =>
      opened.stage.watcher.record(`deployments/${deploymentId}/record.json`);
    expect(actor(release('v2').deploymentId)).toMatchObject({ actor: 'image-push' });
    expect(actor(release('v4').deploymentId)).toMatchObject({ actor: 'redrive' });
  });

  it('notifies once for each deployment that ended', () => {
    const subjects = opened.simulator.world.journal
      .of('notification.published')
      .map(({ subject }) => subject);
    expect(subjects).toHaveLength(4);
  });

  it('shows states, lifecycle events, verdicts, weights and what was skipped while it runs', () => {
    const shown = lines.join('\n');
    for (const part of [
      /workflow +ResolveRelease/,
      /workflow +RunDeployment/,
      /lifecycle +AllowTraffic/,
      /hook +AfterAllowTestTraffic: pass/,
      /hook +AfterAllowTestTraffic: fail/,
      /traffic +production listener: .* 90 %.* 10 %/,
      /traffic +test listener:/,
      /clock +nothing in flight: skipped 5 min/,
      /deployment d-[A-Z0-9]{9} rolls back/,
      /workflow +redriven \(1\)/,
    ]) {
      expect(shown).toMatch(part);
    }
  });

  it('costs a handful of state transitions however long the canary takes', () => {
    expect(release('v2').stateTransitions).toBe(8);
    expect(release('v3').stateTransitions).toBe(6);
    expect(release('v4').stateTransitions).toBe(9);
    expect(report.virtualSeconds).toBeGreaterThan(20 * 60);
  });

  it('leaves no process and no open port behind', async () => {
    const { endpoint } = opened.simulator;
    await opened.stop();
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap')).toEqual([]);
  });
});
