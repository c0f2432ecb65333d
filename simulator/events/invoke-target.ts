import { AwsError } from '../core/aws-error.ts';
import type { ServiceSender } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { EventsModel } from './model.ts';
import type { Rule, RuleTarget } from './rule.ts';
import { targetInput } from './target-input.ts';

const eventBridge = 'events.amazonaws.com';

/** Why a target refused; permission and existence problems are not retried (aws-facts 1.4). */
export interface TargetRefusal {
  /** As the dead-letter attribute ERROR_CODE spells it. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** One event on its way to a rule's targets. */
export interface Delivery {
  readonly event: EventEnvelope;
  readonly ingestedAtMs: number;
  /** It came from another bus. */
  readonly forwarded: boolean;
}

/** Hands one event to one target; undefined when the target took it. */
export async function invokeTarget(
  world: World,
  buses: Pick<EventsModel, 'forward'>,
  rule: Rule,
  target: RuleTarget,
  { event, ingestedAtMs, forwarded }: Delivery,
): Promise<TargetRefusal | undefined> {
  const { name, arn } = rule.definition;
  const input = targetInput(target, event, { ruleArn: arn, ruleName: name, ingestedAtMs });
  const { lambda, sqs, sns, states, logs } = world.services;
  try {
    switch (target.arn.split(':')[2]) {
      case 'events':
        // As across accounts: what came from another bus is not sent on to a third.
        if (forwarded) break;
        requireBusRole(world, rule, target);
        buses.forward(event, target.arn);
        break;
      case 'logs':
        logs.append(logGroupOf(target.arn), event.id, input);
        break;
      case 'lambda':
        await lambda.invoke({
          functionName: target.arn,
          payload: parseInput(input),
          type: 'Event',
          invoker: { principal: eventBridge, sourceArn: rule.definition.arn },
        });
        break;
      case 'sqs':
        sqs.send(target.arn, input, undefined, senderOf(world, rule, target, 'sqs:SendMessage'));
        break;
      case 'sns':
        sns.publish(target.arn, { message: input }, senderOf(world, rule, target, 'sns:Publish'));
        break;
      default:
        requireTargetRole(world, rule, target);
        // EventBridge chooses the execution name itself (aws-facts 1.4).
        states.startExecution({
          stateMachineArn: target.arn,
          name: `${event.id}_${world.ids.uuid()}`,
          input: parseInput(input),
        });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refusal(error);
  }
}

/**
 * Queues and topics are reached with the target's role if it has one, else the queue's or topic's own policy must let
 * EventBridge in (user guide, "Using resource-based policies for Amazon EventBridge").
 */
export function senderOf(
  world: World,
  rule: Rule,
  target: RuleTarget,
  action: string,
): ServiceSender | undefined {
  const { roleArn } = target;
  if (roleArn === undefined) {
    return { principal: eventBridge, sourceArn: rule.definition.arn };
  }
  requireRole(world, rule, { ...target, roleArn }, action);
  return undefined;
}

/** A state machine is started as the target's role, which must trust EventBridge (user guide, "Permissions"). */
function requireTargetRole(world: World, rule: Rule, target: RuleTarget): void {
  const { roleArn = '' } = target;
  requireRole(world, rule, { ...target, roleArn }, 'states:StartExecution');
}

/** A bus of the same account takes events also without a role; one that is given must be allowed to put them. */
function requireBusRole(world: World, rule: Rule, target: RuleTarget): void {
  const { roleArn } = target;
  if (roleArn !== undefined) requireRole(world, rule, { ...target, roleArn }, 'events:PutEvents');
}

/** Trust policies know the rule (user guide, "Cross-service confused deputy prevention in Amazon EventBridge"). */
function requireRole(
  world: World,
  rule: Rule,
  { arn, roleArn }: { readonly arn: string; readonly roleArn: string },
  action: string,
): void {
  const decision = world.services.iam.authorize({
    roleArn,
    servicePrincipal: eventBridge,
    action,
    resource: arn,
    trustContext: { 'aws:SourceArn': rule.definition.arn },
  });
  if (!decision.allowed) throw new AwsError('AccessDeniedException', decision.message);
}

function logGroupOf(arn: string): string {
  return arn.split(':')[6] ?? '';
}

/** Functions and state machines take JSON only. */
function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidJson', `The input is not JSON: ${(error as Error).message}`);
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
  if (code === 'InvalidJson') return { code: 'INVALID_JSON', message, retryable: false };
  if (/TooManyRequests|Throttl/.test(code)) return { code: 'THROTTLING', message, retryable: true };
  return { code: 'SDK_CLIENT_ERROR', message, retryable: true };
}
