import { invalid } from './subscription-attributes.ts';
import { type SubscriptionProtocol, subscriptionProtocols } from './topic.ts';

/** Throws AwsError InvalidParameterException. */
export function readProtocol(protocol: string): SubscriptionProtocol {
  const known = subscriptionProtocols.find((one) => one === protocol);
  if (known) return known;
  throw invalid(
    `Protocol Reason: ${protocol} is not simulated; ${subscriptionProtocols.join(', ')} are`,
  );
}

/** Checks an endpoint against its protocol. Throws AwsError InvalidParameterException. */
export function checkEndpoint(protocol: SubscriptionProtocol, endpoint: string): void {
  const bad = (text: string) => invalid(text);
  switch (protocol) {
    case 'sqs':
      if (!endpoint.startsWith('arn:aws:sqs:')) throw bad('SQS endpoint ARN');
      return;
    case 'lambda':
      if (!endpoint.startsWith('arn:aws:lambda:')) throw bad('Lambda endpoint ARN');
      return;
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`) || !URL.canParse(endpoint)) {
        throw bad('Endpoint must match the specified protocol');
      }
      return;
    case 'sms':
      if (!/^\+?\d[\d-]{2,20}$/.test(endpoint)) throw bad('Invalid SMS endpoint');
      return;
    default:
      if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw bad('Email address');
  }
}
