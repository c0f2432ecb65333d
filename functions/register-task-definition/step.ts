import { findService } from '../core/config/find-service.ts';
import type { Config, Strategy } from '../core/config/schema.ts';
import { isThrottled } from '../core/patience/is-throttled.ts';
import { patientPort } from '../core/patience/patience.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { DescribedTaskDefinition, TaskDefinitions } from '../core/ports/task-definitions.ts';
import type { Release } from '../core/release.ts';
import { carriedTags } from '../core/task-definition/carried-tags.ts';
import { registrable } from '../core/task-definition/registrable.ts';
import { replaceImage } from '../core/task-definition/replace-image.ts';
import { sameContent } from '../core/task-definition/same-content.ts';
import { describeServing } from '../core/workflow/describe-serving.ts';
import { type PushRecordDeps, recordingFailure } from '../core/workflow/record-outcome.ts';
import type { ReleaseInput } from '../core/workflow/step-input.ts';

export interface RegisterTaskDefinitionDeps extends PushRecordDeps {
  readonly config: Config;
  readonly services: EcsServices;
  readonly taskDefinitions: TaskDefinitions;
  /** Ends the repetition of throttled calls. */
  readonly signal: AbortSignal;
  /** A signal that fires after so many milliseconds, as AbortSignal.timeout makes it. */
  readonly timeout: (ms: number) => AbortSignal;
}

export interface RegisterTaskDefinitionOutput {
  readonly taskDefinitionArn: string;
  /** How the workflow goes on (design D10). */
  readonly strategy: Strategy;
  /** Whether a revision of this content was there already. */
  readonly reused: boolean;
}

/** How long a throttled registration is repeated, in milliseconds: the function has a minute. */
export const patienceMs = 40_000;

/** An earlier attempt's revision is among the newest, unless others registered a lot since. */
const revisionsToCompare = 10;

/**
 * Ensures a revision that is the running one with the release's image in the named container. The call
 * that registers is not idempotent, so a revision of that content is looked for first (aws-facts 2.1).
 */
export function registerTaskDefinition(
  { release, execution }: ReleaseInput,
  deps: RegisterTaskDefinitionDeps,
): Promise<RegisterTaskDefinitionOutput> {
  return recordingFailure(deps, release, execution, async () => {
    const output = await ensureRevision(release, deps);
    deps.log.info('task definition ensured', { service: release.service, ...output });
    return output;
  });
}

async function ensureRevision(
  release: Release,
  deps: RegisterTaskDefinitionDeps,
): Promise<RegisterTaskDefinitionOutput> {
  const { target } = findService(deps.config, release.service);
  const serving = await describeServing(deps, target);
  const running = await deps.taskDefinitions.describe(serving.taskDefinitionArn);
  const wanted = {
    document: replaceImage(registrable(running.document), target.container, release.image),
    tags: carriedTags(running.tags),
  };
  const identical = await findIdentical(wanted, running, deps.taskDefinitions);
  const { strategy } = target;
  if (identical !== undefined) return { taskDefinitionArn: identical, strategy, reused: true };
  const taskDefinitionArn = await patientTaskDefinitions(deps).register(
    wanted.document,
    wanted.tags,
  );
  return { taskDefinitionArn, strategy, reused: false };
}

/**
 * One revision a second is registered in a whole account (aws-facts 2.2): whoever is refused waits for just that, instead of asking
 * everything before it again. A refusal for any other reason may have had its effect, and the state begins anew.
 */
function patientTaskDefinitions(deps: RegisterTaskDefinitionDeps): TaskDefinitions {
  const { clock, signal, timeout } = deps;
  return patientPort(deps.taskDefinitions, {
    clock,
    signal: AbortSignal.any([signal, timeout(patienceMs)]),
    repeats: isThrottled,
  });
}

async function findIdentical(
  wanted: Pick<DescribedTaskDefinition, 'document' | 'tags'>,
  running: DescribedTaskDefinition,
  taskDefinitions: TaskDefinitions,
): Promise<string | undefined> {
  const family = String(wanted.document.family);
  const arns = await taskDefinitions.listActiveRevisions(family, revisionsToCompare);
  for (const arn of arns) {
    const candidate = arn === running.arn ? running : await taskDefinitions.describe(arn);
    if (sameContent(candidate, wanted)) return arn;
  }
  return undefined;
}
