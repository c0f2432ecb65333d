import { arn, type Identity } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Applications } from './applications.ts';

export function applicationArn(identity: Identity, application: string): string {
  return arn(identity, 'codedeploy', `application:${application}`);
}

export function deploymentGroupArn(identity: Identity, application: string, group: string): string {
  return arn(identity, 'codedeploy', `deploymentgroup:${application}/${group}`);
}

/** Makes sure that a taggable resource has this ARN; throws CodeDeploy's exceptions for those of others. */
export function requireTaggable(
  applications: Applications,
  resourceArn: string | undefined,
): string {
  if (!resourceArn) {
    throw new AwsError('ResourceArnRequiredException', 'The resource ARN is required');
  }
  const [, type, name = ''] =
    /^arn:[\w-]+:codedeploy:[\w-]+:\d{12}:(\w+):(.+)$/.exec(resourceArn) ?? [];
  if (type === undefined) {
    throw new AwsError('InvalidArnException', `The ARN is not one of CodeDeploy's: ${resourceArn}`);
  }
  if (type === 'application') applications.get(name);
  else if (type === 'deploymentgroup') {
    const [application, group] = name.split('/');
    applications.group(application, group);
  } else {
    throw new AwsError(
      'ArnNotSupportedException',
      `Only applications and deployment groups have tags, not ${resourceArn}`,
    );
  }
  return resourceArn;
}
