import { invalid } from './subscription-attributes.ts';

/** Throws AwsError `InvalidParameterException` for what is no ARN, such as the `PendingConfirmation` of a list. */
export function checkArn(member: 'TopicArn' | 'SubscriptionArn', arn: string): void {
  const elements = arn.split(':').length;
  if (elements >= 6) return;
  throw invalid(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
}
