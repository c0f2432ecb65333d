import type { FaultPoint } from '../fault-point.ts';
import type { ObservedExecution, Reality } from '../reality.ts';

/** Each push was started once, and left one outcome for its last attempt. */
export function oneOutcomePerPush(reality: Reality): string[] {
  const { pushes, outcomes, faults } = reality;
  return pushes.flatMap(({ tag, digest }) => {
    const started = startsOf(reality, digest);
    const recorded = outcomes.filter(
      (outcome) => outcome.digest === digest && !isEcho(outcome.executionName, started),
    );
    const counted = started.filter(({ name }) => !isEcho(name, started));
    const found: string[] = [];
    if (counted.length > 1) {
      found.push(`${tag} was started ${counted.length} times, expected once: ${names(counted)}`);
    }
    const mayLack = faults.some((fault) => befalls(fault, ['s3.PutObject'], /^outage/));
    if (recorded.length === 0 && !mayLack) found.push(`${tag} has no outcome on record`);
    if (recorded.length > 1) {
      const list = recorded.map(({ outcome, key }) => `${outcome} (${key})`).join(', ');
      found.push(`${tag} has ${recorded.length} outcomes on record, expected one: ${list}`);
    }
    return found;
  });
}

interface Start extends ObservedExecution {
  readonly echo: boolean;
}

/**
 * An event that comes a quarter of an hour late meets a push that the sweep has started: that it names one event more
 * is the truth, as long as nothing is deployed again.
 */
function startsOf({ executions, faults }: Reality, digest: string): Start[] {
  const mayEcho = faults.some(
    (fault) => fault.on === 'event' && fault.source === 'aws.ecr' && fault.effect === 'delay',
  );
  return executions
    .filter((execution) => execution.digest === digest)
    .sort((a, b) => a.startedAtMs - b.startedAtMs)
    .map((execution, index) => ({
      ...execution,
      echo: mayEcho && index > 0 && ['already-running', 'superseded'].includes(execution.told),
    }));
}

function isEcho(executionName: string, starts: readonly Start[]): boolean {
  return starts.some(({ name, echo }) => echo && name === executionName);
}

/** The record of an attempt says what its execution said, and what became of its deployment. */
export function recordsTellTheTruth({ executions, outcomes, deployments }: Reality): string[] {
  return outcomes.flatMap(({ key, outcome, executionName, redriveCount, deploymentId }) => {
    const execution = executions.find(({ name }) => name === executionName);
    if (execution === undefined) return [`${key} tells of ${executionName}, which does not exist`];
    const found: string[] = [];
    const told = outcomeTold(execution);
    if (told !== undefined && told !== outcome) {
      found.push(`${key} says ${outcome}, but ${executionName} ended as ${told}`);
    }
    if (redriveCount !== execution.redriveCount) {
      found.push(
        `${key} tells of attempt ${redriveCount}, but ${executionName} was redriven ${execution.redriveCount} times`,
      );
    }
    const deployment = deployments.find(({ id }) => id === deploymentId);
    if (deploymentId !== undefined && outcome !== statusOutcome(deployment?.status, outcome)) {
      found.push(`${key} says ${outcome}, but ${deploymentId} is ${deployment?.status}`);
    }
    if (deployment?.recorded !== undefined && deployment.recorded !== outcome) {
      found.push(`${key} says ${outcome}, the record of ${deploymentId} ${deployment.recorded}`);
    }
    return found;
  });
}

/** Each deployment of ours that ended was told of once; nothing was told twice. */
export function oneNotificationPerEnding(reality: Reality): string[] {
  const { deployments, notifications, faults, executions } = reality;
  // A crash between the message and the note that it went out repeats it, which is better than losing it.
  const mayRepeat = faults.some((fault) =>
    befalls(fault, ['sns.Publish', 's3.PutObject'], /^(crash|drop|late|outage)/),
  );
  // What the topic does not take the sweep tells, unless the note that asks it to is lost as well.
  const mayLack = ['sns.Publish', 's3.PutObject'].every((operation) =>
    faults.some((fault) => befalls(fault, [operation], /^outage$/)),
  );
  const ours = deployments.filter(({ isWayBack }) => !isWayBack);
  const ofDeployments = ours.flatMap(({ id }) => {
    const count = notifications.filter((one) => namesEndOf(id).test(one)).length;
    if (count === 0 && !mayLack) return [`Nobody was told of the end of ${id}`];
    return count > 1 && !mayRepeat ? [`The end of ${id} was told ${count} times`] : [];
  });
  const ofFailures = executions.flatMap(({ name, status }) => {
    const count = notifications.filter((one) => one.includes(`:${name}`)).length;
    return status !== 'SUCCEEDED' && count === 0 && !mayLack
      ? [`Nobody was told that ${name} ${status}`]
      : [];
  });
  return [...ofDeployments, ...ofFailures];
}

/** A rolling update is called a rollout. */
function namesEndOf(id: string): RegExp {
  return new RegExp(`\\n(Deployment|Rollout): ${id}\\n`);
}

export function befalls(fault: FaultPoint, operations: readonly string[], effect: RegExp): boolean {
  return (
    fault.on === 'call' &&
    effect.test(fault.effect) &&
    operations.includes(`${fault.service}.${fault.operation}`)
  );
}

/** Undefined for one that a person stopped: it tells nothing. */
function outcomeTold({ status, told }: ObservedExecution): string | undefined {
  if (status === 'ABORTED') return undefined;
  if (status === 'SUCCEEDED') return told;
  if (told === 'DeploymentRolledBack') return 'rolled-back';
  return ['PreflightRefused', 'ReleaseHeld'].includes(told) ? 'refused' : 'failed';
}

/** What a deployment's status lets an outcome be: `said` itself, or what it should have been. */
function statusOutcome(status: string | undefined, said: string): string {
  if (status === 'Succeeded') return 'deployed';
  return said === 'deployed' ? 'not deployed' : said;
}

function names(executions: readonly ObservedExecution[]): string {
  return executions.map(({ name }) => name).join(', ');
}
