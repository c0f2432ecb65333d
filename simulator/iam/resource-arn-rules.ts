import { AwsError } from '../core/aws-error.ts';

const partitions = /^(\*|aws|aws-cn|aws-us-gov|aws-iso(-[a-z])?|aws-eusc)$/;
const iamPaths = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
];

/**
 * Throws AwsError MalformedPolicyDocument for a resource that IAM would not take in an identity policy. Texts as
 * moto's tests have them, which were recorded from AWS.
 */
export function checkResourceArn(resource: string): void {
  if (resource === '*') return;
  const refuse = (message: string) => new AwsError('MalformedPolicyDocument', message);
  const [first, partition = '', service = '', region, account, ...rest] = resource.split(':');
  if (first === resource) throw refuse(`Resource ${resource} must be in ARN format or "*".`);
  if (!partitions.test(partition)) {
    const parts = [service || '*', region ?? '*', account ?? '*', rest.join(':') || '*'];
    throw refuse(
      `Partition "${partition}" is not valid for resource "arn:${partition}:${parts.join(':')}".`,
    );
  }
  if (region === undefined && !service) {
    throw refuse('Resource vendor must be fully qualified and cannot contain regexes.');
  }
  if (region === undefined && !service.includes('*'))
    throw refuse('The policy failed legacy parsing');
  const name = rest.join(':');
  if (service === 'iam' && region) {
    throw refuse(`IAM resource ${resource} cannot contain region information.`);
  }
  const accessPoint = name.startsWith('accesspoint/') || name.startsWith('accesspoint:');
  if (service === 's3' && region && !accessPoint) {
    throw refuse(`Resource ${resource} can not contain region information.`);
  }
  const isPath = name === '*' || name === 'root' || iamPaths.some((path) => name.startsWith(path));
  if (service === 'iam' && rest.length > 0 && !isPath && !name.includes('*')) {
    throw refuse(`IAM resource path must either be "*" or start with ${iamPaths.join(', ')}.`);
  }
}
