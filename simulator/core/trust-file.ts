import { join } from 'node:path';

/**
 * PEM of the local authority that signs what ACM issues. Public clients trust ACM's authorities without being
 * told; processes of the simulator are told by this file (NODE_EXTRA_CA_CERTS).
 */
export function trustFile({ directory }: { readonly directory: string }): string {
  return join(directory, 'local-authority.pem');
}
