import { AwsError } from '../core/aws-error.ts';
import type { ServiceSender } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { requestContext } from './request-context.ts';
import { evaluateResourcePolicies } from './resource-policies.ts';
import { resourcePolicyOf } from './resource-policy-texts.ts';

export interface ServiceDelivery {
  readonly sender: ServiceSender;
  /** `sqs:SendMessage` */
  readonly action: string;
  readonly resource: string;
  /** Policy of the resource as JSON text. */
  readonly policy: string | undefined;
}

/**
 * What a service delivers on its own behalf, only the resource's policy can allow (SNS guide, "Subscribing an
 * Amazon SQS queue"; EventBridge guide, "Using resource-based policies"). Throws AwsError AccessDeniedException.
 */
export function requireDeliveryAllowed(world: World, delivery: ServiceDelivery): void {
  if (!world.settings.enforceIam) return;
  const { sender, action, resource, policy } = delivery;
  const { accountId } = world.identity;
  const facts = { identity: world.identity, nowMs: world.clock.now(), service: sender.principal };
  const context = requestContext(facts, {
    'aws:SourceArn': sender.sourceArn,
    'aws:SourceAccount': accountId,
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': sender.principal,
  });
  const { decision } = evaluateResourcePolicies(
    resourcePolicyOf(policy),
    { action, resource, context },
    { service: sender.principal },
  );
  if (decision === 'allowed') return;
  const why =
    decision === 'explicitDeny'
      ? 'with an explicit deny in a resource-based policy'
      : `because no resource-based policy allows the ${action} action`;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${sender.principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}
