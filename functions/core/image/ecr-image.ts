/** An image in the private registry of the account and Region that the service runs in. */
export interface EcrImage {
  readonly repository: string;
  readonly reference: { readonly tag: string } | { readonly digest: string };
}

const pattern =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z.]+\/(?<repository>[a-z0-9._/-]+?)(?::(?<tag>[\w.-]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined for images of other registries, accounts and Regions. Without tag and digest `latest` is meant. */
export function parseEcrImage(image: string, serviceArn: string): EcrImage | undefined {
  const groups = pattern.exec(image)?.groups;
  const [, , , region, account] = serviceArn.split(':');
  if (groups === undefined || groups.account !== account || groups.region !== region) {
    return undefined;
  }
  const { repository = '', tag = 'latest', digest } = groups;
  return { repository, reference: digest === undefined ? { tag } : { digest } };
}
