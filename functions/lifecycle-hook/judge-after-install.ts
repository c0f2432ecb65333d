import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeRunningDigest } from '../core/checks/running-digest-check.ts';
import { judgeTaskSet, taskSetIsSteady } from '../core/checks/task-set-check.ts';
import { judgeUniformDigest } from '../core/checks/uniform-digest-check.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { settle } from '../core/deployment/settle.ts';
import { type HookJudgement, inconclusiveCheck, judgementOf } from '../core/hooks/judgement.ts';
import { imageOf, pinnedImage } from '../core/hooks/pinned-image.ts';
import { replacementTaskSet } from '../core/hooks/target-group-roles.ts';
import { imageReference } from '../core/image/image-reference.ts';
import type { TaskSet } from '../core/ports/ecs-services.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';

/**
 * CodeDeploy waited for the steady state itself; this covers what DescribeServices shows late, and auto scaling,
 * to which CodeDeploy gives five minutes to settle (aws-facts 3.12). The function's time ends it before.
 */
const steadyLimitMs = 300_000;
const digestLimitMs = 30_000;
const steadyIntervalMs = 1_000;
const checkName = 'running digest';

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
  scene: HookScene,
  taskSet: TaskSet,
  deps: JudgeDeps,
): Promise<CheckResult> {
  const { cluster, service: name, container } = scene.service.target;
  const { arn, document } = await deps.taskDefinitions.describe(taskSet.taskDefinitionArn);
  const image = imageOf(document, container) ?? 'no image';
  const common = { name: checkName, container, expectedTasks: taskSet.computedDesiredCount };
  const digests = await acceptedDigests(image, scene, deps);
  if (digests === undefined && isOurs(scene)) {
    return inconclusiveCheck(
      checkName,
      'running-digest',
      `container ${container} of ${arn} to name its image by digest`,
      image,
    );
  }
  return settle(
    async () => {
      const running = await deps.services.listRunningTasks(cluster, name);
      // Tasks of a task set are started by it (aws-facts 2.7).
      const tasks = running.filter((task) => task.startedBy === taskSet.id);
      return digests === undefined
        ? judgeUniformDigest(tasks, { ...common, image })
        : judgeRunningDigest(tasks, { ...common, digests });
    },
    // ListTasks and the digests that tasks show may lag behind the counts of the task set.
    ({ verdict }) => verdict === 'inconclusive',
    {
      intervalMs: steadyIntervalMs,
      limitMs: digestLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
}

/**
 * Digests that tasks of this image may show: a task of an index shows the index's digest or that of its
 * platform's manifest. Undefined when the reference names none, or a registry that Greengate cannot read.
 */
async function acceptedDigests(
  image: string,
  { ecsService }: HookScene,
  { images }: Pick<JudgeDeps, 'images'>,
): Promise<string[] | undefined> {
  const pinned = pinnedImage(image);
  if (pinned === undefined) return undefined;
  const { repository, digest } = pinned;
  if (image !== imageReference(ecsService.serviceArn, repository, digest)) return undefined;
  const manifest = await images.readManifest(repository, digest);
  return manifest.kind === 'image'
    ? [digest]
    : [digest, ...manifest.children.map((child) => child.digest)];
}

/** What Greengate started is deployed by digest (design D5); anybody may start others in the same group. */
function isOurs({ deployment }: HookScene): boolean {
  return parseDeploymentDescription(deployment.description) !== undefined;
}
