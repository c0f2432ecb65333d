import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** What a function's role needs to hand over to a destination of each kind (Lambda guide, "Destinations"). */
const actions: Readonly<Record<string, string>> = {
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  lambda: 'lambda:InvokeFunction',
  events: 'events:PutEvents',
};

function kindOf(targetArn: string): string {
  return targetArn.split(':')[2] ?? '';
}

/** True for what a dead letter may go to: a queue or a topic. */
export function isDeadLetterTarget(targetArn: string): boolean {
  return ['sqs', 'sns'].includes(kindOf(targetArn));
}

/** True for the destination kinds that are modelled. */
export function isDestination(targetArn: string): boolean {
  return actions[kindOf(targetArn)] !== undefined;
}

/** The action that a handover to the target takes, empty for a target of another kind. */
export function destinationAction(targetArn: string): string {
  return actions[kindOf(targetArn)] ?? '';
}

export interface Handover {
  readonly targetArn: string;
  readonly body: unknown;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of the event that EventBridge gets. */
  readonly outcome?: 'Success' | 'Failure';
}

/** Hands over a record or a dead letter with the function's role; throws when it may not or cannot. */
export async function handOver(
  world: World,
  definition: FunctionDefinition,
  { targetArn, body, attributes = {}, outcome }: Handover,
): Promise<void> {
  const { services } = world;
  const kind = kindOf(targetArn);
  const decision = services.iam.authorize({
    roleArn: definition.role,
    servicePrincipal: 'lambda.amazonaws.com',
    sessionName: definition.name,
    action: destinationAction(targetArn),
    resource: targetArn,
  });
  if (!decision.allowed) throw new AwsError('AccessDeniedException', decision.message);
  const text = JSON.stringify(body);
  if (kind === 'sqs') services.sqs.send(targetArn, text, attributes);
  else if (kind === 'sns') services.sns.publish(targetArn, { message: text });
  else if (kind === 'lambda') {
    await services.lambda.invoke({ functionName: targetArn, payload: body, type: 'Event' });
  } else {
    services.events.publish({
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${outcome ?? 'Failure'}`,
      resources: [targetArn, `${definition.arn}:$LATEST`],
      detail: body,
    });
  }
}
