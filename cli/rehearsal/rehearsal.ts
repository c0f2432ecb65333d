import { ListExecutionsCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import type { Config } from '../../functions/core/config/schema.ts';
import { isRollingTarget } from '../../functions/core/config/strategy-of.ts';
import type { SampleShift } from '../../infra/traffic-shift.ts';
import { usageReport } from '../../simulator/iam/usage-report.ts';
import { startInventory } from '../../simulator/workloads/inventory-service.ts';
import type { Painter } from '../terminal/painter.ts';
import { Commentary } from './commentary.ts';
import { judgeExpectations } from './expectations.ts';
import { type OpenRehearsal, openRehearsal } from './open-rehearsal.ts';
import { PhaseTimer } from './phase-timer.ts';
import { pushWorkload } from './push-workload.ts';
import { playRelease } from './release-act.ts';
import type { RehearsalReport } from './report.ts';

export interface RehearsalOptions {
  readonly config: Config;
  /** The file that it comes from; default greengate.yaml. */
  readonly configFile?: string;
  /** How the sample's deployment group shifts traffic; default as the sample has it. */
  readonly shift?: SampleShift;
  /** One call per line shown to the person at the terminal. */
  readonly print: (line: string) => void;
  readonly paint: Painter;
  /** Production requests per second of client traffic. */
  readonly requestsPerSecond?: number;
  /** Production requests that each traffic weight serves before its wait is skipped. */
  readonly requestsPerWeight?: number;
}

/** More than the periods of the sample's alarm, three of a minute each, and the one that has just begun. */
export const alarmMemoryMs = 5 * 60_000;

/**
 * The whole way, rehearsed: a healthy release, a bad one, and one whose dependency is down until it is
 * repaired and the execution redriven, under client traffic, in the simulator (design D11).
 * The caller stops what `open` holds, also when this rejects.
 */
export async function rehearse(
  options: RehearsalOptions,
  onOpen: (opened: OpenRehearsal) => void,
): Promise<RehearsalReport> {
  const { print, paint } = options;
  const timer = new PhaseTimer();
  const opened = await openRehearsal(options, timer);
  onOpen(opened);
  const { stage, simulator } = opened;
  const commentary = new Commentary(stage, options);
  const virtualStartMs = simulator.world.clock.now();
  const inventory = await startInventory();
  opened.onStop(() => inventory.stop());
  stage.traffic.start();

  const rolling = isRollingTarget(stage.service.target);
  const act = (title: string) => {
    print('');
    print(paint.strong(title));
    commentary.restartClock();
  };
  const push = (tag: string, buildArgs: Record<string, string>) => async () => {
    const pushed = await pushWorkload(simulator, stage.service.image.repository, tag, buildArgs);
    stage.nameRelease(pushed.digest, tag);
    stage.nameRelease(pushed.platformDigest, tag);
    print(`  pushed ${stage.service.image.repository}:${tag} ${paint.faint(pushed.digest)}`);
    return pushed;
  };

  act('v2: healthy, its push event delivered twice');
  const v2 = await timer.run('v2', () =>
    playRelease(stage, {
      push: push('v2', {}),
      started: ({ digest }) => redeliverPush(opened, digest),
    }),
  );
  act('v3: passes the health check, but fails 5 % of requests and lost a field');
  const v3 = await timer.run('v3', () =>
    playRelease(stage, { push: push('v3', { ERROR_EVERY: '20', OMIT_FIELD: 'price' }) }),
  );
  act('v4: sound in itself, but its dependency is down');
  const v4 = await timer.run('v4', () =>
    playRelease(stage, {
      push: push('v4', { INVENTORY_URL: inventory.url }),
      redrive: async (executionArn) => {
        await inventory.repair();
        // Production met v3 and v4: the alarm would hold their errors against the redrive.
        if (rolling) await simulator.world.clock.sleep(alarmMemoryMs);
        act('v4: the dependency is repaired, the failed execution is redriven');
        await stage.states.send(new RedriveExecutionCommand({ executionArn }));
      },
    }),
  );

  await stage.traffic.stop();
  const releases = [v2, v3, v4];
  const { totals } = stage.traffic;
  const expectations = judgeExpectations({
    releases,
    productionRequests: totals.requests,
    productionErrors: totals.errors,
    rolling,
    byRelease: stage.ledger.byRelease,
    ...(await countExecutions(opened, v2.digest)),
  });
  return {
    ok: expectations.every(({ held }) => held),
    wallSeconds: timer.totalSeconds(),
    virtualSeconds: Math.round((simulator.world.clock.now() - virtualStartMs) / 1_000),
    phases: timer.phases,
    releases,
    production: {
      requests: totals.requests,
      errors: totals.errors,
      byRelease: stage.ledger.byRelease,
    },
    expectations,
    roles: usageReport(simulator.models.iam),
  };
}

function pushEventIds({ simulator }: OpenRehearsal, digest: string): string[] {
  return simulator.world.journal
    .of('event.published')
    .filter(({ source, detail }) => source === 'aws.ecr' && isTaggedPushOf(detail, digest))
    .map(({ id }) => id);
}

function isTaggedPushOf(detail: unknown, digest: string): boolean {
  const fields = detail as { 'image-digest'?: string; 'image-tag'?: string };
  return fields['image-digest'] === digest && fields['image-tag'] !== undefined;
}

function redeliverPush(opened: OpenRehearsal, digest: string): void {
  for (const id of pushEventIds(opened, digest)) {
    opened.simulator.world.services.events.redeliver(id);
  }
}

async function countExecutions(opened: OpenRehearsal, digest: string) {
  const { simulator, stage } = opened;
  const started = simulator.world.journal
    .of('execution.started')
    .filter(({ input }) => (input as { digest?: string }).digest === digest);
  const ids = new Set(pushEventIds(opened, digest));
  const deliveries = simulator.world.journal
    .of('event.delivered')
    .filter(({ id, outcome }) => outcome === 'ok' && ids.has(id));
  const stateMachineArn = started[0]?.executionArn
    .replace(':execution:', ':stateMachine:')
    .replace(/:[^:]+$/, '');
  const { executions = [] } = stateMachineArn
    ? await stage.states.send(new ListExecutionsCommand({ stateMachineArn }))
    : {};
  const names = new Set(started.map(({ name }) => name));
  return {
    executionsOfDuplicatedPush: executions.filter(({ name }) => name && names.has(name)).length,
    deliveriesOfDuplicatedPush: deliveries.length,
  };
}
