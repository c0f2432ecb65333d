import type {
  PutScalingPolicyCommandInput,
  RegisterScalableTargetCommandInput,
  ScalableTarget,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';

/** What names a scalable target; the simulator knows the desired count of ECS services. */
export interface TargetKey {
  readonly ServiceNamespace?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}

const notSuspended = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Application Auto Scaling as records: targets and policies are kept and shown, nothing is ever scaled. */
export class ApplicationAutoScalingModel {
  readonly #world: World;
  readonly #targets = new Map<string, ScalableTarget>();
  readonly #policies = new Map<string, ScalingPolicy>();
  readonly #tags = new Map<string, Map<string, string>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A second registration changes what it names and keeps the rest. */
  register(input: RegisterScalableTargetCommandInput): ScalableTarget {
    const key = this.#key(input);
    const present = this.#targets.get(key);
    const MinCapacity = input.MinCapacity ?? present?.MinCapacity;
    const MaxCapacity = input.MaxCapacity ?? present?.MaxCapacity;
    if (MinCapacity === undefined || MaxCapacity === undefined) {
      throw invalid('Both MinCapacity and MaxCapacity must be specified for a new scalable target');
    }
    if (MinCapacity < 0) throw invalid('MinCapacity must be greater than or equal to zero');
    if (MaxCapacity < MinCapacity) {
      throw invalid('Maximum capacity cannot be less than minimum capacity');
    }
    this.#checkService(input.ResourceId ?? '');
    const { accountId } = this.#world.identity;
    const target: ScalableTarget = {
      ServiceNamespace: 'ecs',
      ResourceId: input.ResourceId,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity,
      MaxCapacity,
      RoleARN: `arn:aws:iam::${accountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
      CreationTime: present?.CreationTime ?? new Date(this.#world.clock.now()),
      SuspendedState: { ...notSuspended, ...present?.SuspendedState, ...input.SuspendedState },
      ScalableTargetARN: present?.ScalableTargetARN ?? this.#newArn(),
    };
    this.#world.services.iam.ensureServiceLinkedRole('ecs.application-autoscaling.amazonaws.com');
    this.#targets.set(key, target);
    if (input.Tags) this.tag(target.ScalableTargetARN ?? '', input.Tags);
    return target;
  }

  /** Takes the target's policies along. Throws ObjectNotFoundException. */
  deregister(key: TargetKey): void {
    const target = this.#requireTarget(key, 'No scalable target found');
    this.#targets.delete(this.#key(target));
    this.#tags.delete(target.ScalableTargetARN ?? '');
    for (const policy of this.policies().filter((one) => one.ResourceId === target.ResourceId)) {
      this.#policies.delete(policyKey(policy));
    }
  }

  /** In order of registration. */
  targets(): ScalableTarget[] {
    return [...this.#targets.values()];
  }

  putPolicy(input: PutScalingPolicyCommandInput): ScalingPolicy {
    const target = this.#requireTarget(input, 'No scalable target registered');
    const present = this.#policies.get(policyKey(input));
    const PolicyType = input.PolicyType ?? present?.PolicyType ?? 'StepScaling';
    const configuration = policyConfiguration(input, PolicyType);
    const resource = `resource/ecs/${target.ResourceId}:policyName/${input.PolicyName}`;
    const policy: ScalingPolicy = {
      PolicyARN:
        present?.PolicyARN ??
        arn(
          this.#world.identity,
          'autoscaling',
          `scalingPolicy:${this.#world.ids.uuid()}:${resource}`,
        ),
      PolicyName: input.PolicyName,
      ServiceNamespace: 'ecs',
      ResourceId: target.ResourceId,
      ScalableDimension: 'ecs:service:DesiredCount',
      PolicyType,
      ...configuration,
      // On AWS a target-tracking policy has two alarms; here it has none, as it never acts.
      Alarms: [],
      CreationTime: present?.CreationTime ?? new Date(this.#world.clock.now()),
    };
    this.#policies.set(policyKey(policy), policy);
    return policy;
  }

  /** Throws ObjectNotFoundException. */
  deletePolicy(key: TargetKey & { readonly PolicyName?: string | undefined }): void {
    this.#key(key);
    if (this.#policies.delete(policyKey(key))) return;
    throw new AwsError(
      'ObjectNotFoundException',
      `No scaling policy found for service namespace: ${key.ServiceNamespace}, resource ID: ${key.ResourceId}, scalable dimension: ${key.ScalableDimension}, policy name: ${key.PolicyName}`,
    );
  }

  policies(): ScalingPolicy[] {
    return [...this.#policies.values()];
  }

  /** Throws ResourceNotFoundException for an ARN that is no target's. */
  tagsOf(targetArn: string): Map<string, string> {
    if (!this.targets().some(({ ScalableTargetARN }) => ScalableTargetARN === targetArn)) {
      throw new AwsError(
        'ResourceNotFoundException',
        `No scalable target found for resource ARN: ${targetArn}`,
      );
    }
    const tags = this.#tags.get(targetArn) ?? new Map<string, string>();
    this.#tags.set(targetArn, tags);
    return tags;
  }

  tag(targetArn: string, tags: Readonly<Record<string, string>>): void {
    const kept = this.tagsOf(targetArn);
    for (const [key, value] of Object.entries(tags)) kept.set(key, value);
  }

  #requireTarget(key: TargetKey, complaint: string): ScalableTarget {
    const target = this.#targets.get(this.#key(key));
    if (target) return target;
    throw new AwsError(
      'ObjectNotFoundException',
      `${complaint} for service namespace: ${key.ServiceNamespace}, resource ID: ${key.ResourceId}, scalable dimension: ${key.ScalableDimension}`,
    );
  }

  #key({ ServiceNamespace, ResourceId = '', ScalableDimension }: TargetKey): string {
    if (ServiceNamespace !== 'ecs' || ScalableDimension !== 'ecs:service:DesiredCount') {
      throw invalid(
        `Scalable dimension ${ScalableDimension} of service namespace ${ServiceNamespace} is not simulated; ecs:service:DesiredCount of ecs is`,
      );
    }
    if (!/^service\/[^/]+\/[^/]+$/.test(ResourceId)) {
      throw invalid(
        `Unsupported service namespace, resource type or scalable dimension: ${ResourceId}`,
      );
    }
    return ResourceId;
  }

  #checkService(resourceId: string): void {
    const [, cluster = '', service = ''] = resourceId.split('/');
    if (this.#world.services.ecs.service(cluster, service)) return;
    throw invalid(`ECS service doesn't exist: ${resourceId}`);
  }

  #newArn(): string {
    const { identity, ids } = this.#world;
    return arn(identity, 'application-autoscaling', `scalable-target/0ec5${ids.hex(32)}`);
  }
}

function policyConfiguration(
  input: PutScalingPolicyCommandInput,
  type: string,
): Pick<
  ScalingPolicy,
  'StepScalingPolicyConfiguration' | 'TargetTrackingScalingPolicyConfiguration'
> {
  const { StepScalingPolicyConfiguration, TargetTrackingScalingPolicyConfiguration } = input;
  if (type === 'TargetTrackingScaling' && TargetTrackingScalingPolicyConfiguration) {
    return { TargetTrackingScalingPolicyConfiguration };
  }
  if (type === 'StepScaling' && StepScalingPolicyConfiguration) {
    return { StepScalingPolicyConfiguration };
  }
  throw invalid(
    `A scaling policy of type ${type} needs its ${type}PolicyConfiguration; TargetTrackingScaling and StepScaling are simulated`,
  );
}

function policyKey({
  ResourceId,
  PolicyName,
}: {
  readonly ResourceId?: string | undefined;
  readonly PolicyName?: string | undefined;
}): string {
  return `${ResourceId} ${PolicyName}`;
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
