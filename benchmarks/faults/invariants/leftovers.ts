import type { Reality } from '../reality.ts';

/** RunDeployment looks again every 15 minutes; the retry that does may be a few late. */
const tokenLimitMs = 20 * 60_000;
/** RegisterTaskDefinition takes no token: a lost answer may cost one spare revision. */
const mostRevisions = 2;

/** Every execution has ended, soon after the deployment that it waited for. */
export function noTokenWaits({ executions, deployments }: Reality): string[] {
  return executions.flatMap(({ name, status, endedAtMs, redriveCount }) => {
    if (endedAtMs === undefined || status === 'RUNNING') return [`${name} is ${status}`];
    const own = deployments.filter(
      ({ description }) => description === `greengate ${name} redrive ${redriveCount}`,
    );
    const lastMs = Math.max(...own.map((one) => one.endedAtMs ?? 0));
    const waitedMs = endedAtMs - lastMs;
    return own.length > 0 && waitedMs > tokenLimitMs
      ? [`${name} ended ${Math.round(waitedMs / 60_000)} minutes after its deployment`]
      : [];
  });
}

export function noDeploymentHangs({ deployments }: Reality): string[] {
  return deployments
    .filter(({ status }) => !['Succeeded', 'Failed', 'Stopped'].includes(status))
    .map(({ id, status }) => `${id} is ${status}`);
}

/** An execution has one deployment for each attempt at most. */
export function oneDeploymentPerAttempt({ deployments }: Reality): string[] {
  const own = deployments.filter(({ isWayBack }) => !isWayBack);
  const descriptions = [...new Set(own.map(({ description }) => description))];
  return descriptions.flatMap((description) => {
    const count = own.filter((one) => one.description === description).length;
    return count > 1 ? [`${count} deployments for "${description}"`] : [];
  });
}

/** Only the primary task set is there, steady, and nothing else runs. */
export function noOrphans({ taskSets, desiredCount, runningTaskDefinitions }: Reality): string[] {
  const primary = taskSets.find(({ status }) => status === 'PRIMARY');
  const orphans = taskSets
    .filter((taskSet) => taskSet !== primary)
    .map((one) => `Task set of ${one.taskDefinitionArn} is ${one.status}, expected to be gone`);
  const strays = runningTaskDefinitions.filter((arn) => arn !== primary?.taskDefinitionArn);
  const steady =
    primary?.stabilityStatus === 'STEADY_STATE' && primary.runningCount === desiredCount;
  return [
    ...orphans,
    ...strays.map((arn) => `A task of ${arn} runs, which is not the primary's`),
    ...(steady
      ? []
      : [
          `The primary is ${primary?.stabilityStatus}, ${primary?.runningCount} of ${desiredCount} tasks run`,
        ]),
  ];
}

export function fewSpareRevisions({ pushes, revisions }: Reality): string[] {
  return pushes.flatMap(({ tag, digest }) => {
    const count = revisions.filter((revision) => revision.digest === digest).length;
    return count > mostRevisions
      ? [`${count} revisions of ${tag}, expected at most ${mostRevisions}`]
      : [];
  });
}
