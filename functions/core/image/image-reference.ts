import { UnsupportedError } from '../errors.ts';

/** DNS suffixes of the partitions; in others Greengate was never tried. */
const dnsSuffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
};

/**
 * `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@DIGEST` in the registry of the account and Region that
 * the service's ARN names. By digest, because a tag may move (aws-facts 1.6).
 */
export function imageReference(serviceArn: string, repository: string, digest: string): string {
  const [, partition = '', , region, account] = serviceArn.split(':');
  const suffix = dnsSuffixes[partition];
  if (suffix === undefined || !region || !account) {
    throw new UnsupportedError(
      `Cannot tell the ECR registry from service ARN "${serviceArn}", expected partition ${Object.keys(dnsSuffixes).join(' or ')}`,
    );
  }
  return `${account}.dkr.ecr.${region}.${suffix}/${repository}@${digest}`;
}
