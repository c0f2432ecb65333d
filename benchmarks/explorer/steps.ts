import type { Config } from '../../functions/core/config/schema.ts';
import { observeDeployment } from '../../functions/observe-deployment/step.ts';
import { observeExecution } from '../../functions/observe-execution/step.ts';
import { receiveEvent, receiveImagePush } from '../../functions/receive-image-push/step.ts';
import type { RegisterTaskDefinitionDeps } from '../../functions/register-task-definition/step.ts';
import { registerTaskDefinition } from '../../functions/register-task-definition/step.ts';
import type { ResolveReleaseDeps } from '../../functions/resolve-release/step.ts';
import { resolveRelease } from '../../functions/resolve-release/step.ts';
import { type RunDeploymentDeps, runDeployment } from '../../functions/run-deployment/step.ts';
import { type SweepDeps, sweep } from '../../functions/sweep/step.ts';
import { type VerifyReleaseDeps, verifyRelease } from '../../functions/verify-release/step.ts';

/** Every port that a step may ask for. */
export type AllPorts = RunDeploymentDeps &
  SweepDeps &
  ResolveReleaseDeps &
  VerifyReleaseDeps &
  RegisterTaskDefinitionDeps & { readonly config: Config };

/** What is explored: the steps as they are shipped. */
export const shippedSteps = {
  receive: (input, ports) => receiveImagePush(receiveEvent(input), ports),
  resolve: (input, ports) => resolveRelease(input as never, ports),
  register: (input, ports) => registerTaskDefinition(input as never, ports),
  run: (input, ports) => runDeployment(input as never, ports),
  verify: (input, ports) => verifyRelease(input as never, ports),
  'observe-deployment': (input, ports) => observeDeployment(input as never, ports),
  'observe-execution': (input, ports) => observeExecution(input as never, ports),
  sweep: (_, ports) => sweep(ports),
} as const satisfies Record<string, (input: unknown, ports: AllPorts) => Promise<unknown>>;

export type StepName = keyof typeof shippedSteps;
