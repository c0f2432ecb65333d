import type { ReleaseRequest } from '../../functions/core/release.ts';
import * as facts from './facts.ts';
import { startedAtMs } from './instants.ts';
import type { Standing } from './replay.ts';
import type { StepName } from './steps.ts';
import { type Execution, replace, type TaskName, type World, wake } from './world.ts';

/** Step Functions, as statemachine/deploy.asl.json has it run; preflight completes the release and decides no order. */
export function startExecution(
  world: World,
  name: string,
  input: unknown,
): 'started' | 'already-started' {
  if (world.executions.some((one) => one.name === name)) return 'already-started';
  world.executions.push({
    name,
    input: JSON.stringify(input),
    redriveCount: 0,
    task: 'resolve',
    phase: 'due',
    attempt: 0,
    failedVerifications: 0,
    status: 'RUNNING',
  });
  return 'started';
}

export function requestOf({ input }: Pick<Execution, 'input'>): ReleaseRequest {
  return JSON.parse(input) as ReleaseRequest;
}

/** What the task's function is invoked with. */
export function taskInput(index: number, execution: Execution): { step: StepName; input: unknown } {
  const { name, redriveCount, task, attempt, taskDefinitionArn, deploymentId } = execution;
  const request = requestOf(execution);
  const identity = {
    executionArn: facts.executionArn(name),
    executionName: name,
    redriveCount,
    startedAt: new Date(startedAtMs(index)).toISOString(),
  };
  if (task === 'resolve') return { step: task, input: { request, execution: identity } };
  const image = Number.parseInt(request.digest.at(-1) ?? '', 16);
  const release = {
    ...request,
    platformDigest: request.digest,
    platform: 'linux/amd64',
    image: facts.imageReference(image),
    originalTaskDefinitionArn: facts.revisionArn(0),
  };
  const input = { release, execution: identity };
  if (task === 'register') return { step: task, input };
  if (task === 'verify')
    return { step: task, input: { ...input, taskDefinitionArn, deploymentId } };
  const taskToken = `${index}.${attempt}`;
  return { step: task, input: { ...input, taskDefinitionArn, taskToken } };
}

type Answer =
  | { readonly output: unknown }
  | { readonly failure: { readonly error: string; readonly cause: string } };

export function answerToken(world: World, token: string, answer: Answer): 'accepted' | 'gone' {
  const [index, attempt] = token.split('.').map(Number);
  const found = world.executions[index ?? -1];
  if (index === undefined || found?.status !== 'RUNNING') return 'gone';
  if (found.task !== 'run' || found.phase === 'due' || found.attempt !== attempt) return 'gone';
  if ('failure' in answer) {
    const { error, cause } = answer.failure;
    failTask(world, index, error, cause);
    return 'accepted';
  }
  const { deploymentId } = answer.output as { deploymentId: string };
  goOn(world, index, 'verify', { deploymentId });
  return 'accepted';
}

/** The function of a task has ended; what its Retry and Catch make of it. */
export function endTask(world: World, index: number, standing: Standing): void {
  const found = world.executions[index];
  if (found === undefined || standing.kind === 'call') return;
  if (standing.kind === 'threw') {
    const { name, message, retryable } = standing;
    const again = name === 'VerificationFailed' && found.failedVerifications === 0;
    // A conflict leaves no token behind, so that its number may be used again: the states stay finite.
    if (retryable) replace(world.executions, index, { phase: 'due' });
    else if (again) replace(world.executions, index, { phase: 'due', failedVerifications: 1 });
    else failTask(world, index, name, JSON.stringify({ errorMessage: message }));
    return;
  }
  if (found.task === 'run') {
    replace(world.executions, index, { phase: 'waiting' });
    return;
  }
  const value = standing.value as { outcome?: string; taskDefinitionArn?: string };
  if (found.task === 'register') {
    goOn(world, index, 'run', { taskDefinitionArn: String(value.taskDefinitionArn) });
  } else if (value.outcome === 'proceed') {
    goOn(world, index, 'register', {});
  } else {
    const outcome = String(value.outcome);
    replace(world.executions, index, { phase: 'over', status: 'SUCCEEDED', outcome });
  }
}

/** Retried: by the function's crash, or because the task waited too long. Each retry has a token of its own. */
export function retryTask(world: World, index: number): void {
  const { attempt = 0 } = world.executions[index] ?? {};
  replace(world.executions, index, { phase: 'due', attempt: attempt + 1 });
}

/** Outcomes of RunDeployment's Catches; RevisionOutdated cannot happen, as nothing but images changes. */
const caughtErrors: Readonly<Record<string, string>> = {
  ReleaseSuperseded: 'superseded',
  ReleaseAlreadyRunning: 'already-running',
};

export function failTask(world: World, index: number, error: string, cause: string): void {
  const { task, redriveCount = 0 } = world.executions[index] ?? {};
  const caught = task === 'run' ? caughtErrors[error] : undefined;
  if (caught !== undefined) {
    replace(world.executions, index, { phase: 'over', status: 'SUCCEEDED', outcome: caught });
    return;
  }
  replace(world.executions, index, { phase: 'over', status: 'FAILED', error, cause });
  wake(world, { kind: 'execution', execution: index, redriveCount });
}

function goOn(world: World, index: number, task: TaskName, changes: Partial<Execution>): void {
  replace(world.executions, index, { task, phase: 'due', attempt: 0, ...changes });
}
