import { shortDigest } from '../../image/digest.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

export const tagUnmoved: PreflightCheck<ReleaseFacts> = {
  id: 'tag-unmoved',
  title: 'The tag still names the image that is to be deployed',
  remedy: 'Release the image that the tag names now, or move the tag back',

  async judge(facts) {
    const { repository, tag, digest } = facts.subject;
    if (tag === undefined) {
      return { status: 'SKIP', reason: 'The image is named by its digest, not by a tag' };
    }
    const tagged = await facts.findImage({ repository, reference: { tag } });
    if (tagged?.digest === digest) {
      return { status: 'OK', observed: `${repository}:${tag} is ${shortDigest(digest)}` };
    }
    return {
      status: 'NG',
      expected: `tag ${tag} of ${repository} on ${shortDigest(digest)}`,
      observed:
        tagged === undefined ? 'the tag is gone' : `it is on ${shortDigest(tagged.digest)} by now`,
      remedy:
        tagged === undefined
          ? `Push tag ${tag} again`
          : `Release what ${tag} names now, or push tag ${tag} with the wanted image again`,
    };
  },
};
