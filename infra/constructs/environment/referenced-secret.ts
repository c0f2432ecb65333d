import { ArnFormat, type Stack } from 'aws-cdk-lib';

export interface ReferencedSecret {
  /** As a container definition names it. */
  readonly valueFrom: string;
  /** As a policy names it: without its random suffix a secret is known by six characters of any kind. */
  readonly permittedArn: string;
}

/** A secret by name or ARN, `#KEY` behind it for one key of a JSON secret. Throws Error for anything else. */
export function referencedSecret(stack: Stack, reference: string): ReferencedSecret {
  const match = /^(arn:[^#]+|[\w/+=.@-]+)(?:#([^#:]+))?$/.exec(reference);
  const [, secret, key] = match ?? [];
  if (secret === undefined || (secret.startsWith('arn:') && !secret.includes(':secretsmanager:'))) {
    throw new Error(
      `GreengateService: a secret is named by its name or ARN in Secrets Manager, with #KEY for one key of it, got "${reference}"`,
    );
  }
  const arn = secret.startsWith('arn:')
    ? secret
    : stack.formatArn({
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: secret,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
  const complete = secret.startsWith('arn:') && /-[A-Za-z0-9]{6}$/.test(secret);
  return {
    valueFrom: key === undefined ? arn : `${arn}:${key}::`,
    permittedArn: complete ? arn : `${arn}-??????`,
  };
}
