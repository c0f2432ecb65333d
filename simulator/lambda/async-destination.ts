import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';

const modelled = ['sqs', 'sns'];

/** True for the destination kinds that are modelled: a queue or a topic. */
export function isDestination(targetArn: string): boolean {
  return modelled.includes(targetArn.split(':')[2] ?? '');
}

/** Sends a record or a dead letter to a queue or topic. */
export function sendToDestination(
  world: World,
  targetArn: string,
  body: unknown,
  attributes: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  if (targetArn.split(':')[2] === 'sqs') world.services.sqs.send(targetArn, text, attributes);
  else if (targetArn.split(':')[2] === 'sns')
    world.services.sns.publish(targetArn, { message: text });
  else {
    throw new AwsError(
      'InvalidParameterValueException',
      `The simulator sends failed invocations to SQS and SNS only, not to ${targetArn}`,
    );
  }
}
