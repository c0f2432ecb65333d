import type { ErrorInformation } from '@aws-sdk/client-codedeploy';
import type { Deployment } from './deployment.ts';

/** Missing for a deployment that succeeded or runs, and for a ready wait that expired (aws-facts 3.2). */
export function errorInformation({ end }: Deployment): ErrorInformation | undefined {
  if (!end) return undefined;
  return { ...(end.code && { code: end.code }), message: end.message };
}
