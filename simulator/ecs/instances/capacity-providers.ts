import type {
  AutoScalingGroupProvider,
  AutoScalingGroupProviderUpdate,
  ManagedScaling,
} from '@aws-sdk/client-ecs';
import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { invalidParameter } from '../service-rules.ts';
import { autoScalingGroupName } from './auto-scaling-groups.ts';

export interface CapacityProvider {
  readonly name: string;
  readonly arn: string;
  readonly autoScalingGroup: string;
  readonly tags: Map<string, string>;
  settings: Required<AutoScalingGroupProvider> & { readonly managedScaling: ManagedScaling };
  updateStatus: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE';
}

const mostScaling = 10_000;

/** Of the account's own capacity providers: those of Auto Scaling groups. FARGATE and FARGATE_SPOT are nobody's. */
export class CapacityProviders {
  readonly #world: World;
  readonly #byName = new Map<string, CapacityProvider>();

  constructor(world: World) {
    this.#world = world;
  }

  create(
    name: string,
    settings: AutoScalingGroupProvider,
    tags: Map<string, string>,
  ): CapacityProvider {
    // API reference, CreateCapacityProvider: the name cannot begin with one of these.
    if (!/^[\w-]{1,255}$/.test(name) || /^(aws|ecs|fargate)/i.test(name)) {
      throw invalidParameter(
        'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate".',
      );
    }
    if (this.#byName.has(name)) {
      throw invalidParameter(
        'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
      );
    }
    const autoScalingGroup = autoScalingGroupName(settings.autoScalingGroupArn ?? '');
    const provider: CapacityProvider = {
      name,
      arn: arn(this.#world.identity, 'ecs', `capacity-provider/${name}`),
      autoScalingGroup,
      tags,
      settings: withDefaults(settings),
      updateStatus: 'CREATE_COMPLETE',
    };
    this.#byName.set(name, provider);
    return provider;
  }

  update(name: string, changes: AutoScalingGroupProviderUpdate): CapacityProvider {
    const provider = this.get(name);
    provider.settings = withDefaults({
      ...provider.settings,
      ...changes,
      managedScaling: { ...provider.settings.managedScaling, ...changes.managedScaling },
    });
    provider.updateStatus = 'UPDATE_COMPLETE';
    return provider;
  }

  delete(provider: CapacityProvider): void {
    this.#byName.delete(provider.name);
  }

  all(): CapacityProvider[] {
    return [...this.#byName.values()];
  }

  /** By name or ARN. */
  find(reference: string): CapacityProvider | undefined {
    return this.all().find(({ name, arn: known }) => name === reference || known === reference);
  }

  get(reference: string): CapacityProvider {
    const found = this.find(reference);
    if (found) return found;
    throw new AwsError(
      'InvalidParameterException',
      'The specified capacity provider does not exist. Specify a valid name or ARN and try again.',
    );
  }
}

function withDefaults(settings: AutoScalingGroupProvider): CapacityProvider['settings'] {
  const { autoScalingGroupArn = '', managedScaling } = settings;
  const scaling = {
    status: managedScaling?.status ?? ('DISABLED' as const),
    targetCapacity: managedScaling?.targetCapacity ?? 100,
    minimumScalingStepSize: managedScaling?.minimumScalingStepSize ?? 1,
    maximumScalingStepSize: managedScaling?.maximumScalingStepSize ?? mostScaling,
    instanceWarmupPeriod: managedScaling?.instanceWarmupPeriod ?? 300,
  };
  if (scaling.targetCapacity < 1 || scaling.targetCapacity > 100) {
    throw invalidParameter('The managed scaling target capacity must be between 1 and 100.');
  }
  const managedTerminationProtection = settings.managedTerminationProtection ?? 'DISABLED';
  if (managedTerminationProtection === 'ENABLED' && scaling.status === 'DISABLED') {
    throw invalidParameter(
      'The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, enable managed scaling.',
    );
  }
  return {
    autoScalingGroupArn,
    managedScaling: scaling,
    managedTerminationProtection,
    managedDraining: settings.managedDraining ?? 'ENABLED',
  };
}
