import { ResourceNotFoundError } from '../../errors.ts';
import { shortDigest } from '../../image/digest.ts';
import type { ImageDetail } from '../../ports/image-registry.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

export const imageExists: PreflightCheck<ReleaseFacts> = {
  id: 'image-exists',
  title: 'The image is in its repository and can be pulled',
  remedy: 'Push the image again, or restore it from the archive',

  async judge(facts) {
    const { repository, digest } = facts.subject;
    const expected = `image ${digest} in repository ${repository}`;
    const found = await lookFor(facts);
    if (found === 'no repository') {
      return {
        status: 'NG',
        expected,
        observed: `ECR has no repository ${repository} in this account and Region`,
        remedy: 'Create the repository and push the image, or mend image.repository',
      };
    }
    const { image } = found;
    if (image === undefined) {
      return {
        status: 'NG',
        expected,
        observed: 'no such image: it was deleted since it was pushed, or it was never there',
        remedy: `Push the image to ${repository} again; if a lifecycle policy deletes it, let the policy keep more images`,
      };
    }
    const { imageStatus = 'ACTIVE' } = image;
    if (imageStatus !== 'ACTIVE') {
      return {
        status: 'NG',
        expected: `${expected}, ready to be pulled`,
        observed: `the image is ${imageStatus}`,
        remedy: `Restore the image from the archive of ${repository}, or push it again`,
      };
    }
    return { status: 'OK', observed: `${repository} has ${shortDigest(digest)}` };
  },
};

async function lookFor(
  facts: ReleaseFacts,
): Promise<'no repository' | { readonly image: ImageDetail | undefined }> {
  try {
    return { image: await facts.image() };
  } catch (error) {
    if (error instanceof ResourceNotFoundError) return 'no repository';
    throw error;
  }
}
