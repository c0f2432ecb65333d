import { hookFunctionNames, renderAppSpec } from '../core/app-spec/render-app-spec.ts';
import { findService } from '../core/config/find-service.ts';
import { type CodeDeployServiceConfig, codeDeployService } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { endingError } from '../core/deployment/ending-error.ts';
import { findOwnDeployment } from '../core/deployment/find-own-deployment.ts';
import { deploymentDescription } from '../core/deployment/identity.ts';
import { isTerminal } from '../core/deployment/status.ts';
import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import {
  DeploymentConflictError,
  ReleaseAlreadyRunning,
  ReleaseSuperseded,
  ResourceNotFoundError,
  RevisionOutdated,
  UnsupportedError,
} from '../core/errors.ts';
import { type GateDeps, holdRelease } from '../core/gates/hold-release.ts';
import type { Deployment, Deployments } from '../core/ports/deployments.ts';
import type { EcsService } from '../core/ports/ecs-services.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { JudgedBefore } from '../core/supersession/judged-before.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { recordingFailure, recordOutcome } from '../core/workflow/record-outcome.ts';
import { concludeDeployment } from '../observe-deployment/conclude-deployment.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';
import { readStopRequest } from '../observe-deployment/read-stop-request.ts';
import { findAlreadyDeployed } from './already-deployed.ts';
import { findJudgedBefore } from './find-judged-before.ts';
import { findSuccessor } from './find-successor.ts';
import { makeRoom } from './make-room.ts';
import { findOutdatedRevision, type OutdatedRevisionDeps } from './outdated-revision.ts';

export interface RunDeploymentDeps extends ConcludeDeps, GateDeps, OutdatedRevisionDeps {
  readonly deployments: Deployments;
  readonly images: ImageRegistry;
  /** Prefix of the five hook functions' names. */
  readonly hookNamePrefix: string;
}

export interface RunningDeployment {
  readonly deploymentId: string;
  readonly state: 'created' | 'adopted' | 'concluded';
}

/** Clocks of Step Functions and CodeDeploy need not agree to the second. */
const clockSkewMs = 60_000;

/**
 * Ensures the deployment of this execution (design D3): adopts the one that is in flight or has ended, waits
 * (DeploymentConflictError) while somebody else's holds the group, yields (ReleaseSuperseded) to a newer
 * image or a person's choice, ends as the very same image has ended under another tag, ends (ReleaseAlreadyRunning)
 * when another execution deployed the same meanwhile, has the revision made anew (RevisionOutdated) when production
 * has another task definition by now, else creates it. Every call may be the last before a crash; the next try finds
 * what is there.
 */
export async function runDeployment(
  tracked: TrackedDeployment,
  deps: RunDeploymentDeps,
): Promise<RunningDeployment> {
  const { release, execution } = tracked;
  const ensured = await recordingFailure(deps, release, execution, () => ensure(tracked, deps));
  if ('outdated' in ensured) throw new RevisionOutdated(ensured.outdated);
  if ('alreadyDeployed' in ensured) {
    const reason = ensured.alreadyDeployed;
    await recordOutcome(deps, release, execution, { outcome: 'already-running', reason });
    throw new ReleaseAlreadyRunning(reason);
  }
  if ('judgedBefore' in ensured) {
    const { outcome, reason, deploymentId } = ensured.judgedBefore;
    await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
    throw endingError(ensured.judgedBefore, deploymentId);
  }
  if (!('supersededBy' in ensured)) {
    return ensured;
  }
  const { sentence, tag, digest } = ensured.supersededBy;
  const end = { outcome: 'superseded', reason: sentence } as const;
  await recordOutcome(deps, release, execution, end);
  throw new ReleaseSuperseded(sentence, { details: { tag, digest } });
}

async function ensure(
  tracked: TrackedDeployment,
  deps: RunDeploymentDeps,
): Promise<
  | RunningDeployment
  | { readonly supersededBy: NewerImage }
  /** How the very same image has failed under another tag. */
  | { readonly judgedBefore: JudgedBefore }
  /** Why the revision must be made anew. */
  | { readonly outdated: string }
  /** Which deployment of another execution brought the release to production. */
  | { readonly alreadyDeployed: string }
> {
  const service = codeDeployService(findService(deps.config, tracked.release.service));
  const { application, deploymentGroup } = service.target;
  const sinceMs = Date.parse(tracked.execution.startedAt) - clockSkewMs;
  const known = await deps.deployments.list(application, deploymentGroup, sinceMs);

  const own = findOwnDeployment(known, tracked.execution);
  if (own !== undefined) {
    if (await isBeingStopped(own, tracked, deps)) throw conflict(service, own);
    return track(own.deploymentId, 'adopted', tracked, deps);
  }
  // Newest push wins (design D8): who waits for the group need not wait for nothing.
  const supersededBy = await findSuccessor(known, service, tracked, deps);
  if (supersededBy !== undefined) {
    return { supersededBy };
  }
  const judgedBefore = await findJudgedBefore(known, tracked, deps);
  if (judgedBefore !== undefined) return { judgedBefore };
  const foreign = known.find((deployment) => !isTerminal(deployment));
  if (foreign !== undefined) {
    await makeRoom(foreign, service, tracked.release, deps);
    throw conflict(service, foreign);
  }
  // It may have waited for hours since it was resolved.
  await holdRelease(tracked.release, deps);
  const ecsService = await requireService(service, deps);
  const alreadyDeployed = await findAlreadyDeployed(tracked, ecsService.primaryTaskSet, deps);
  if (alreadyDeployed !== undefined) return { alreadyDeployed };
  const outdated = await findOutdatedRevision(service, tracked, ecsService.primaryTaskSet, deps);
  if (outdated !== undefined) {
    deps.log.warn('revision outdated', { service: service.name, outdated });
    return { outdated };
  }
  const deploymentId = await deps.deployments.create({
    application,
    deploymentGroup,
    appSpec: appSpecOf(service, ecsService, tracked, deps),
    description: deploymentDescription(tracked.execution),
  });
  return track(deploymentId, 'created', tracked, deps);
}

/** What an earlier attempt of this execution was stopped in is on its way to be rolled back: not to be adopted. */
async function isBeingStopped(
  own: Deployment,
  { execution }: TrackedDeployment,
  deps: RunDeploymentDeps,
): Promise<boolean> {
  if (isTerminal(own) || own.description === deploymentDescription(execution)) return false;
  return (await readStopRequest(own.deploymentId, deps)) !== undefined;
}

/**
 * Keeps the token where the state-change event will look for it, then looks at the deployment once more: it
 * may have ended before there was a token to answer. A token that cannot be kept costs minutes only: the
 * task's timeout retry comes here again and answers with its own (design D2, D3).
 */
async function track(
  deploymentId: string,
  state: 'created' | 'adopted',
  tracked: TrackedDeployment,
  deps: RunDeploymentDeps,
): Promise<RunningDeployment> {
  try {
    await deps.records.write(deploymentRecordKeys.taskToken(deploymentId), tracked);
  } catch (error) {
    deps.log.error('task token not kept', { deploymentId, error });
  }
  const deployment = await deps.deployments.get(deploymentId);
  const { service } = tracked.release;
  deps.log.info('deployment tracked', { deploymentId, service, state, status: deployment?.status });
  if (deployment === undefined || !isTerminal(deployment)) {
    return { deploymentId, state };
  }
  const concluded = await concludeDeployment(deployment, tracked, deps);
  return { deploymentId, state: concluded === 'answered' ? 'concluded' : state };
}

async function requireService(
  { name, target }: CodeDeployServiceConfig,
  { services }: Pick<RunDeploymentDeps, 'services'>,
): Promise<EcsService> {
  const ecsService = await services.describeService(target.cluster, target.service);
  if (ecsService === undefined) {
    throw new ResourceNotFoundError(
      `Cannot deploy "${name}": ECS has no service "${target.service}" in cluster "${target.cluster}"`,
    );
  }
  return ecsService;
}

function appSpecOf(
  { name, target }: CodeDeployServiceConfig,
  { loadBalancedContainer }: EcsService,
  { taskDefinitionArn }: TrackedDeployment,
  { hookNamePrefix }: Pick<RunDeploymentDeps, 'hookNamePrefix'>,
): string {
  if (loadBalancedContainer === undefined) {
    throw new UnsupportedError(
      `Cannot deploy "${name}": ECS service "${target.service}" has no load-balanced container, need one for CodeDeploy to shift traffic to`,
    );
  }
  return renderAppSpec({
    taskDefinitionArn,
    container: loadBalancedContainer,
    hooks: hookFunctionNames(hookNamePrefix),
  });
}

/** Its rollback and the wait before the original is terminated hold the group as well (aws-facts 3.6). */
function conflict(
  { name, target }: CodeDeployServiceConfig,
  foreign: Deployment,
): DeploymentConflictError {
  const { deploymentId, status, creator = 'unknown', description } = foreign;
  return new DeploymentConflictError(
    `Cannot start a deployment of "${name}" in ${target.application}/${target.deploymentGroup}: deployment ${deploymentId} (creator ${creator}) is ${status}, need none active`,
    { details: { deploymentId, status, creator, description } },
  );
}
