import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import type { ExecutionRole } from './task-roles.ts';

const ecrImage =
  /^(?:\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|127\.0\.0\.1(?::\d+)?|localhost(?::\d+)?)\/([^:@]+)/;

/** Repository of an image that is in the account's registry. */
function ecrRepository(image: string): string | undefined {
  return ecrImage.exec(image)?.[1];
}

/**
 * Throws Error, whose message is the task's stopped reason, when the execution role may not log in to the registry
 * (developer guide, "ResourceInitializationError").
 */
export function checkRegistryLogin(role: ExecutionRole, images: readonly string[]): void {
  if (!images.some((image) => ecrRepository(image) !== undefined)) return;
  const denied = role.denial('ecr:GetAuthorizationToken', '*');
  if (denied === undefined) return;
  throw new Error(
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${denied}`,
  );
}

/**
 * Throws the same when it may not read the image. The registry answers 403, without saying why, to the manifest
 * (aws-samples/bedrock-access-gateway #114) and to the layers, in containerd's words (aws/aws-for-fluent-bit #234).
 */
export function checkImagePull(world: World, role: ExecutionRole, image: string): void {
  const repository = ecrRepository(image);
  if (repository === undefined) return;
  const resource = arn(world.identity, 'ecr', `repository/${repository}`);
  const [host = ''] = image.split('/');
  const [, digest] = image.split('@');
  const [, tag = 'latest'] = /:([^:@/]+)(?:@|$)/.exec(image.slice(host.length)) ?? [];
  const registry = `https://${host}/v2/${repository}`;
  if (role.denial('ecr:BatchGetImage', resource)) {
    throw new Error(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: unexpected status from HEAD request to ${registry}/manifests/${digest ?? tag}: 403 Forbidden`,
    );
  }
  if (role.denial('ecr:GetDownloadUrlForLayer', resource)) {
    throw new Error(
      `CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status from GET request to ${registry}/blobs: 403 Forbidden`,
    );
  }
}
