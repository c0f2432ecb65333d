/** The one account and Region a simulator imitates. */
export interface Identity {
  readonly accountId: string;
  readonly region: string;
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`. */
export function arn(identity: Identity, service: string, resource: string): string {
  return `arn:aws:${service}:${identity.region}:${identity.accountId}:${resource}`;
}

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, the registry host in image references. */
export function registryHost(identity: Identity): string {
  return `${identity.accountId}.dkr.ecr.${identity.region}.amazonaws.com`;
}
