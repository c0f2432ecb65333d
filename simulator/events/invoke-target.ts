import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { Rule, RuleTarget } from './rule.ts';
import { targetInput } from './target-input.ts';

/** Why a target refused; permission and existence problems are not retried (aws-facts 1.4). */
export interface TargetRefusal {
  /** As the dead-letter attribute ERROR_CODE spells it. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Hands one event to one target; undefined when the target took it. */
export async function invokeTarget(
  world: World,
  rule: Rule,
  target: RuleTarget,
  event: EventEnvelope,
): Promise<TargetRefusal | undefined> {
  const input = targetInput(target, event);
  const { lambda, sqs, sns, states } = world.services;
  try {
    switch (target.arn.split(':')[2]) {
      case 'lambda':
        await lambda.invoke({
          functionName: target.arn,
          payload: input,
          type: 'Event',
          invoker: { principal: 'events.amazonaws.com', sourceArn: rule.definition.arn },
        });
        break;
      case 'sqs':
        sqs.send(target.arn, JSON.stringify(input));
        break;
      case 'sns':
        sns.publish(target.arn, { message: JSON.stringify(input) });
        break;
      default:
        // EventBridge chooses the execution name itself (aws-facts 1.4).
        states.startExecution({
          stateMachineArn: target.arn,
          name: `${event.id}_${world.ids.uuid()}`,
          input,
        });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refusal(error);
  }
}

function refusal({ code, message }: AwsError): TargetRefusal {
  if (/AccessDenied|NotAuthorized/.test(code)) {
    return { code: 'NO_PERMISSIONS', message, retryable: false };
  }
  if (/NotFound|DoesNotExist|NonExistent/.test(code)) {
    return { code: 'NO_RESOURCE', message, retryable: false };
  }
  if (/AlreadyExists/.test(code)) {
    return { code: 'RESOURCE_ALREADY_EXISTS', message, retryable: false };
  }
  if (/TooManyRequests|Throttl/.test(code)) return { code: 'THROTTLING', message, retryable: true };
  return { code: 'SDK_CLIENT_ERROR', message, retryable: true };
}
