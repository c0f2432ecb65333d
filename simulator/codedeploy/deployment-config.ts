import type { TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { checkTrafficRouting } from './traffic-routing.ts';

export interface DeploymentConfig {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly computePlatform: 'ECS' | 'Lambda' | 'Server';
  readonly routing: TrafficRoutingConfig;
}

/** One move of production traffic: the replacement's share, and the wait before the next one. */
export interface TrafficStep {
  readonly replacementPercent: number;
  readonly waitMinutes: number;
}

const prefix = 'CodeDeployDefault.';
/** Custom configurations of an account (aws-facts 3.12). */
const customLimit = 200;

const canary = (canaryPercentage: number, canaryInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage, canaryInterval },
});
const linear = (linearPercentage: number, linearInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage, linearInterval },
});

const predefined: readonly (readonly [string, TrafficRoutingConfig])[] = [
  ['ECSAllAtOnce', { type: 'AllAtOnce' }],
  ['ECSCanary10Percent5Minutes', canary(10, 5)],
  ['ECSCanary10Percent15Minutes', canary(10, 15)],
  ['ECSLinear10PercentEvery1Minutes', linear(10, 1)],
  ['ECSLinear10PercentEvery3Minutes', linear(10, 3)],
];

/** Predefined and custom traffic shifting rules (aws-facts 3.7). */
export class DeploymentConfigStore {
  readonly #world: World;
  readonly #configs = new Map<string, DeploymentConfig>();

  constructor(world: World) {
    this.#world = world;
    for (const [name, routing] of predefined) this.#add(prefix + name, routing);
  }

  create(name: string, routing: TrafficRoutingConfig | undefined): DeploymentConfig {
    if (!/^[\w.+=,@-]{1,100}$/.test(name)) {
      throw new AwsError(
        'InvalidDeploymentConfigNameException',
        `Deployment configuration name is not valid: ${name}`,
      );
    }
    if (name.startsWith(prefix)) {
      throw new AwsError(
        'InvalidDeploymentConfigNameException',
        `The prefix ${prefix} is reserved for predefined configuration names`,
      );
    }
    if (this.#configs.has(name)) {
      throw new AwsError(
        'DeploymentConfigAlreadyExistsException',
        `Deployment configuration already exists: ${name}`,
      );
    }
    checkTrafficRouting(routing);
    if (this.#configs.size - predefined.length >= customLimit) {
      throw new AwsError(
        'DeploymentConfigLimitExceededException',
        `An account has at most ${customLimit} custom deployment configurations`,
      );
    }
    return this.#add(name, routing);
  }

  /** DeleteDeploymentConfig; `users` are the groups that name it. One that is not there is no error [model]. */
  delete(name: string | undefined, users: readonly string[]): void {
    if (!name) {
      throw new AwsError(
        'DeploymentConfigNameRequiredException',
        'Deployment configuration name is required',
      );
    }
    if (name.startsWith(prefix)) {
      throw new AwsError(
        'InvalidOperationException',
        `The predefined deployment configuration ${name} cannot be deleted`,
      );
    }
    if (users.length > 0) {
      throw new AwsError(
        'DeploymentConfigInUseException',
        `The deployment configuration ${name} is in use by deployment group ${users.join(', ')}`,
      );
    }
    this.#configs.delete(name);
  }

  get(name: string): DeploymentConfig {
    const config = this.#configs.get(name);
    if (config) return config;
    if (
      name.startsWith(prefix) &&
      /^(?:Lambda|AllAtOnce|HalfAtATime|OneAtATime)/.test(name.slice(prefix.length))
    ) {
      throw new AwsError(
        'InvalidDeploymentConfigNameException',
        `Deployment configuration ${name} is not for the compute platform ECS, the one that is simulated; CodeDeployDefault.ECSAllAtOnce is`,
      );
    }
    throw new AwsError(
      'DeploymentConfigDoesNotExistException',
      `No Deployment Configuration found for name: ${name}`,
    );
  }

  names(): string[] {
    return [...this.#configs.keys()].sort();
  }

  #add(name: string, routing: TrafficRoutingConfig): DeploymentConfig {
    const { clock, ids } = this.#world;
    const config: DeploymentConfig = {
      id: ids.uuid(),
      name,
      createdAtMs: clock.now(),
      computePlatform: 'ECS',
      routing,
    };
    this.#configs.set(name, config);
    return config;
  }
}

/** The replacement's share of production traffic over time; the last step is always 100 percent. */
export function trafficSteps(routing: TrafficRoutingConfig): TrafficStep[] {
  const { timeBasedCanary, timeBasedLinear } = routing;
  if (timeBasedCanary) {
    const { canaryPercentage = 100, canaryInterval = 0 } = timeBasedCanary;
    return [
      { replacementPercent: canaryPercentage, waitMinutes: canaryInterval },
      { replacementPercent: 100, waitMinutes: 0 },
    ];
  }
  const { linearPercentage = 100, linearInterval = 0 } = timeBasedLinear ?? {};
  const steps: TrafficStep[] = [];
  for (let percent = linearPercentage; percent < 100; percent += linearPercentage) {
    steps.push({ replacementPercent: percent, waitMinutes: linearInterval });
  }
  return [...steps, { replacementPercent: 100, waitMinutes: 0 }];
}
