/**
 * IAM's own resources as its denials spell them: `role NAME`, `user NAME`, `instance profile NAME`, `policy ARN`; what is
 * yet to be made, and its tags, by ARN, but for `policy NAME` (aws/aws-cdk #27067, terraform-aws-eks #2517, and the
 * same sentences in many public logs).
 */
export function spokenEntity(resource: string, action: string, operation: string): string {
  const [, kind = '', rest = ''] = /^arn:[^:]+:iam::[^:]*:([a-z-]+)\/(.*)$/.exec(resource) ?? [];
  const name = rest.replace(/^.*\//, '');
  if (action === 'iam:ListPolicies') return 'policy path /';
  if (action === 'iam:CreatePolicy') return `policy ${name}`;
  const byArn =
    name === '' ||
    action !== `iam:${operation}` ||
    /^iam:(Create(Role|User|Group|InstanceProfile|ServiceLinkedRole)|Simulate.*)$/.test(action);
  if (byArn) return resource;
  if (kind === 'policy') return `policy ${resource}`;
  return named.includes(kind) ? `${kind.replace('-', ' ')} ${name}` : resource;
}

const named = ['role', 'user', 'group', 'instance-profile'];
