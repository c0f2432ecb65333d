import { AwsError } from '../core/aws-error.ts';
import { awsManagedPrefix } from './aws-managed-policies.ts';
import { fixedId } from './fixed-id.ts';
import type { IamModel } from './model.ts';
import { policyDocument } from './policy-document.ts';
import type { Role } from './role-directory.ts';

interface LinkedService {
  readonly roleName: string;
  /** Below `aws-service-role/`; absent where the simulator does not hold the policy. */
  readonly policy?: string;
}

/** Services that users make service-linked roles for (each service's guide, "Using service-linked roles"). */
const linkedServices: Readonly<Record<string, LinkedService>> = {
  'ecs.amazonaws.com': {
    roleName: 'AWSServiceRoleForECS',
    policy: 'AmazonECSServiceRolePolicy',
  },
  'elasticloadbalancing.amazonaws.com': {
    roleName: 'AWSServiceRoleForElasticLoadBalancing',
    policy: 'AWSElasticLoadBalancingServiceRolePolicy',
  },
  'ecs.application-autoscaling.amazonaws.com': {
    roleName: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
    policy: 'AWSApplicationAutoscalingECSServicePolicy',
  },
};

export const linkedPrefix = '/aws-service-role/';

/** Throws InvalidInput for a role that is there, NotImplemented for a service that is not simulated. */
export function createServiceLinkedRole(
  model: IamModel,
  service: string,
  description: string | undefined,
): Role {
  const linked = Object.hasOwn(linkedServices, service) ? linkedServices[service] : undefined;
  if (!linked) {
    throw new AwsError('NotImplemented', `The service-linked role of ${service} is not simulated`);
  }
  if (model.role(linked.roleName)) {
    throw new AwsError(
      'InvalidInput',
      `Service role name ${linked.roleName} has been taken in this account, please try a different suffix.`,
    );
  }
  const path = `${linkedPrefix}${service}/`;
  const trust = policyDocument.parse({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
  const managedPolicyArns =
    linked.policy === undefined ? [] : [`${awsManagedPrefix}aws-service-role/${linked.policy}`];
  return model.createRole({
    roleName: linked.roleName,
    roleId: fixedId('AROA', linked.roleName),
    path,
    description,
    trust,
    managedPolicyArns,
  });
}

/** Makes the role unless it is there; its id is drawn from no random numbers, so that first use changes no other id. */
export function ensureServiceLinkedRole(model: IamModel, service: string): void {
  const { roleName } = linkedServices[service] ?? {};
  if (roleName !== undefined && !model.role(roleName)) {
    createServiceLinkedRole(model, service, undefined);
  }
}

/** Throws UnmodifiableEntity: only the service may change its own role. */
export function refuseLinked({ path, roleName }: Role): void {
  if (!path.startsWith(linkedPrefix)) return;
  throw new AwsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`,
  );
}
