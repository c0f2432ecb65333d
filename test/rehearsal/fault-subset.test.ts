import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from '../../benchmarks/faults/arena.ts';
import { synthesizeArena } from '../../benchmarks/faults/arena-config.ts';
import { parseCaseId } from '../../benchmarks/faults/fault-case.ts';
import { playCase } from '../../benchmarks/faults/play-case.ts';
import { selfTest } from '../../benchmarks/faults/self-test.ts';

const limitMs = 180_000;
let arena: Arena;
let scratch: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'greengate-faults-'));
  arena = await openArena(await synthesizeArena(scratch));
}, limitMs);

afterAll(async () => {
  await arena?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const create = 'greengate-run-deployment/codedeploy.CreateDeployment#1';
const stateChange = 'aws.codedeploy/CodeDeploy_Deployment_State-change_Notification#1';

/** Of thousands (docs/reference/faults.md), those whose mending is design rather than the SDK's work. */
describe('a release in which something breaks', { timeout: limitMs }, () => {
  it.each([
    ['success:crash-after@greengate-receive-image-push/sfn.StartExecution#1', ['deployed']],
    [
      'success:outage-after@greengate-register-task-definition/ecs.RegisterTaskDefinition#1',
      ['deployed'],
    ],
    [`success:crash-after@${create}`, ['deployed']],
    [`success:late@${create}`, ['deployed']],
    [
      'success:crash-after@CodeDeployHook_Greengate_AfterAllowTestTraffic/codedeploy.PutLifecycleEventHookExecutionStatus#1',
      ['deployed'],
    ],
    [`success:lose@${stateChange}`, ['deployed']],
    ['success:lose@aws.ecr/ECR_Image_Action#3', ['deployed']],
    ['success:crash-before@greengate-observe-deployment/sfn.SendTaskSuccess#1', ['deployed']],
    ['rollback:crash-after@greengate-observe-deployment/sns.Publish#1', ['rolled-back']],
    [`rollback:lose@${stateChange}`, ['rolled-back']],
    ['rollback:delay@aws.ecr/ECR_Image_Action#3', ['rolled-back']],
    [
      'supersede:crash-after@greengate-run-deployment/codedeploy.StopDeployment#1',
      ['superseded', 'deployed'],
    ],
    [`redrive:crash-after@${create.replace('#1', '#2')}+duplicate@${stateChange}`, ['deployed']],
  ])('keeps every promise: %s', async (id, outcomes) => {
    const played = await playCase(arena, parseCaseId(id));

    expect(played.breaches).toEqual([]);
    expect(played.outcomes).toEqual(outcomes);
    expect(played.fired).toBeGreaterThan(0);
  });
});

describe('the judge', { timeout: limitMs }, () => {
  it('finds what is broken on purpose, and nothing in a sound release', async () => {
    await arena.reset();
    const tested = await selfTest(arena);
    expect(tested.filter(({ found }) => !found)).toEqual([]);
  });
});
