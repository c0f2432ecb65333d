import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import type { RollingTarget } from '../../functions/core/config/target-schema.ts';
import type { StoppedTask } from '../../functions/core/ports/stopped-tasks.ts';
import type { RollOutInput } from '../../functions/roll-out/roll-out-input.ts';
import { BlueGreenScene } from './blue-green-scene.ts';
import { httpCheck } from './builders/checks.ts';
import { configOf, digestOf, execution, release, serviceConfig } from './builders/releases.ts';
import { ecsDeployment, rollingEcsService, runningTask } from './fakes/fake-ecs-services.ts';

export const originalTaskDefinition = release().originalTaskDefinitionArn;
export const newTaskDefinition = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4';

/** What RollOut is given for the release of the scene. */
export function rollOutInput(changes: Partial<RollOutInput> = {}): RollOutInput {
  return {
    release: release(),
    taskDefinitionArn: newTaskDefinition,
    execution: execution(),
    attemptStartedAt: execution().startedAt,
    ...changes,
  };
}

/** Service `shop` under the ECS controller, steady on its original revision; tests let a rollout happen to it. */
export class RollingScene extends BlueGreenScene {
  readonly stopped: StoppedTask[] = [];
  readonly stoppedTasks = { list: async () => this.stopped };
  readonly logTails = { tail: async () => ['shop gives up'] };
  /** Of the invocation, when it begins. */
  invocationMs = 900_000;
  readonly #beganAtMs = this.clock.now();
  readonly remainingMs = () => this.invocationMs - (this.clock.now() - this.#beganAtMs);

  constructor() {
    super();
    this.configure({});
    this.runs(originalTaskDefinition, digestOf('1'));
  }

  configure(target: Partial<RollingTarget>, changes: Partial<ServiceConfig> = {}): void {
    this.config = configOf(
      serviceConfig({
        target: {
          strategy: 'ecs-rolling',
          cluster: 'prod',
          service: 'shop',
          container: 'app',
          circuitBreaker: true,
          bakeMinutes: 1,
          ...target,
        },
        checks: {
          afterAllowTestTraffic: [httpCheck({ requests: 3 })],
          beforeAllowTraffic: [],
          afterAllowTraffic: [],
        },
        ...changes,
      }),
    );
  }

  /** All that the service runs, completed. */
  runs(taskDefinitionArn: string, digest: string): void {
    const deployment = ecsDeployment({ taskDefinitionArn });
    this.services.services.set('prod/shop', rollingEcsService([deployment]));
    this.services.tasks.set(
      'prod/shop',
      [1, 2].map((number) => runningTask(deployment, digest, number)),
    );
  }

  /** The rollout `arn` ends like this. */
  end(arn: string, status: 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL' | 'STOPPED'): void {
    const succeeded = status === 'SUCCESSFUL';
    const found = this.serviceDeployments.rollouts.find((one) => one.arn === arn);
    this.serviceDeployments.change(arn, { status, finishedAtMs: this.clock.now() });
    const isNew = found?.taskDefinitionArn === newTaskDefinition && succeeded;
    if (isNew) this.runs(newTaskDefinition, digestOf('2'));
    else this.runs(originalTaskDefinition, digestOf('1'));
  }
}
