import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeRunningDigest } from '../core/checks/running-digest-check.ts';
import { judgeTaskSet, taskSetIsSteady } from '../core/checks/task-set-check.ts';
import { settle } from '../core/deployment/settle.ts';
import { type HookJudgement, inconclusiveCheck, judgementOf } from '../core/hooks/judgement.ts';
import { type PinnedImage, pinnedImage } from '../core/hooks/pinned-image.ts';
import { replacementTaskSet } from '../core/hooks/target-group-roles.ts';
import type { TaskSet } from '../core/ports/ecs-services.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';

/** CodeDeploy waited for the steady state itself; this covers what DescribeServices shows late. */
const steadyLimitMs = 30_000;
const steadyIntervalMs = 1_000;

/** AfterInstall: the replacement task set is steady, and what runs in it is the image of the release. */
export async function judgeAfterInstall(scene: HookScene, deps: JudgeDeps): Promise<HookJudgement> {
  const { deploymentId, service } = scene;
  const { cluster, service: name } = service.target;
  const taskSet = await settle(
    async () => {
      const current = await deps.services.describeService(cluster, name);
      return current && replacementTaskSet(current, deploymentId);
    },
    (current) => !taskSetIsSteady(current),
    {
      intervalMs: steadyIntervalMs,
      limitMs: steadyLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
  const steady = judgeTaskSet('replacement task set', deploymentId, taskSet);
  return judgementOf([
    steady,
    ...(taskSet === undefined ? [] : [await checkDigest(scene, taskSet, deps)]),
  ]);
}

async function checkDigest(
  { service }: HookScene,
  taskSet: TaskSet,
  deps: JudgeDeps,
): Promise<CheckResult> {
  const { cluster, service: name, container } = service.target;
  const checkName = 'running digest';
  const { arn, document } = await deps.taskDefinitions.describe(taskSet.taskDefinitionArn);
  const image = pinnedImage(document, container);
  if (image === undefined) {
    return inconclusiveCheck(
      checkName,
      'running-digest',
      `container ${container} of ${arn} to name its image by digest`,
      'another reference, which does not say what should run',
    );
  }
  const [tasks, digests] = await Promise.all([
    deps.services.listRunningTasks(cluster, name),
    acceptedDigests(image, deps),
  ]);
  return judgeRunningDigest(
    // Tasks of a task set are started by it (aws-facts 2.7).
    tasks.filter((task) => task.startedBy === taskSet.id),
    { name: checkName, container, digests, expectedTasks: taskSet.computedDesiredCount },
  );
}

/** A task of an index shows the index's digest or that of its platform's manifest: both are the release. */
async function acceptedDigests(
  { repository, digest }: PinnedImage,
  { images }: Pick<JudgeDeps, 'images'>,
): Promise<string[]> {
  const manifest = await images.readManifest(repository, digest);
  return manifest.kind === 'image'
    ? [digest]
    : [digest, ...manifest.children.map((child) => child.digest)];
}
