import { z } from 'zod';
import type { World } from '../core/world.ts';
import { repositoryArn } from './describe-repository.ts';
import type { EcrModel } from './model.ts';
import { requireImage } from './read-images.ts';
import { tagMayMove } from './tag-mutability.ts';

export const replicatedImage = z.strictObject({
  repository: z.string(),
  /** Digest or tag of an image that lies in the repository, as the copy does once it has arrived. */
  image: z.string(),
  /** Tag under which it arrives; none for an untagged one. */
  tag: z.string().optional(),
  sourceRegion: z.string(),
  /** Default the account itself. */
  sourceAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  result: z.enum(['SUCCESS', 'FAILED']).default('SUCCESS'),
});

/**
 * The control operation `replicated-images`: an image arrives from another Region. Sends `ECR Replication Action`
 * in this, the destination Region, and no PUSH; an immutable tag that is taken lands untagged (aws-facts 1.3).
 * Throws AwsError for a repository or image that is not there.
 */
export function receiveReplica(
  { repositories }: EcrModel,
  world: World,
  body: z.output<typeof replicatedImage>,
): { readonly digest: string; readonly tag: string | undefined } {
  const repository = repositories.get(body.repository);
  const id = body.image.startsWith('sha256:') ? 'imageDigest' : 'imageTag';
  const { digest } = requireImage(repository, { [id]: body.image });
  const holder = body.tag === undefined ? undefined : repository.tags.get(body.tag);
  const taken = holder !== undefined && holder !== digest;
  const kept = taken && !tagMayMove(repository.mutability, body.tag ?? '');
  const tag = kept ? undefined : body.tag;
  if (tag !== undefined && body.result === 'SUCCESS') repository.tags.set(tag, digest);
  world.services.events.publish({
    source: 'aws.ecr',
    detailType: 'ECR Replication Action',
    resources: [repositoryArn(world, repository.address.name)],
    detail: {
      result: body.result,
      'repository-name': repository.address.name,
      'image-digest': digest,
      'source-account': body.sourceAccount ?? world.identity.accountId,
      'action-type': 'REPLICATE',
      'source-region': body.sourceRegion,
      ...(tag !== undefined && { 'image-tag': tag }),
    },
  });
  return { digest, tag };
}
