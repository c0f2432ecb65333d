import type { Config, RollingTarget } from '../../functions/core/config/schema.ts';
import { sample } from '../../infra/names.ts';
import { predefinedShifts, type SampleShift, shiftNamed } from '../../infra/traffic-shift.ts';
import { UsageError } from '../terminal/run-command.ts';

const shifts = {
  'all-at-once': 'CodeDeployDefault.ECSAllAtOnce',
  canary: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
  linear: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
} as const;

/** What `--strategy` takes. */
export const strategyNames = ['canary', 'linear', 'all-at-once', 'rolling'] as const;

export interface StrategyOptions {
  readonly strategy?: string;
  readonly deploymentConfig?: string;
}

export interface ChosenStrategy {
  readonly config: Config;
  /** Undefined for a rolling update, and where nothing was chosen. */
  readonly shift?: SampleShift;
}

/** The configuration and the shift that the options ask for; UsageError for what does not exist or does not go together. */
export function chooseStrategy(
  config: Config,
  { strategy, deploymentConfig }: StrategyOptions,
): ChosenStrategy {
  if (strategy !== undefined && !strategyNames.some((name) => name === strategy)) {
    throw new UsageError(
      `There is no strategy ${strategy}, expected one of ${strategyNames.join(', ')}`,
    );
  }
  if (deploymentConfig !== undefined) {
    if (strategy !== undefined) {
      throw new UsageError(
        'Name either --strategy or --deployment-config: a deployment configuration is a strategy already',
      );
    }
    return { config, shift: namedShift(deploymentConfig) };
  }
  if (strategy === 'rolling') return { config: rolledOut(config) };
  if (strategy === undefined) return { config };
  return { config, shift: namedShift(shifts[strategy as keyof typeof shifts]) };
}

function namedShift(name: string): SampleShift {
  const shift = shiftNamed(name);
  if (shift !== undefined) return shift;
  throw new UsageError(
    `There is no deployment configuration ${name}, expected one of ${predefinedShifts.join(', ')}, or a custom one such as Canary25Percent2Minutes or Linear20PercentEvery2Minutes`,
  );
}

/** The sample service, rolled out by ECS and told apart by a header. */
export const rollingSample: RollingTarget = {
  strategy: 'ecs-rolling',
  cluster: sample.cluster,
  service: sample.service,
  container: sample.container,
  circuitBreaker: true,
  releaseHeader: 'x-release',
  bakeMinutes: 2,
};

/** The same services and checks, the sample's deployed by ECS itself. */
export function rolledOut({ services, ...config }: Config): Config {
  return {
    ...config,
    services: services.map((service) =>
      service.target.cluster === sample.cluster && service.target.service === sample.service
        ? { ...service, target: rollingSample }
        : service,
    ),
  };
}
