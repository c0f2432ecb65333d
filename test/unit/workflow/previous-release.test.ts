import { describe, expect, it } from 'vitest';
import { previousRelease } from '../../../functions/core/workflow/previous-release.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';

/** Newest first, e.g. `c <b b a`: a, then b, then c, then a rollback by hand to b. */
function history(text: string) {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => ({
      deploymentId: `d-${index}`,
      request: releaseRequest({
        digest: digestOf(word.at(-1) ?? ''),
        ...(word.startsWith('<') ? { byHand: 'rollback' as const } : {}),
      }),
    }));
}

describe('previousRelease', () => {
  it.each([
    ['the one before', 'c b a', 'c', 'b'],
    ['not the same image again', 'c c b', 'c', 'b'],
    ['the newest, when something foreign runs', 'c b a', 'f', 'c'],
    ['the newest, when what runs has no record yet', 'b a', 'c', 'b'],
    ['not what was taken back before', '<b c b a', 'b', 'a'],
    ['what was before two rollbacks in a row', '<a <b c b a 9', 'a', '9'],
    ['not what came between two rollbacks to the same', '<b d <b c b a', 'b', 'a'],
    ['an older image that was released again', 'a b a', 'a', 'b'],
    ['what was rolled back to, when something came after it', 'd <b c b a', 'd', 'b'],
  ])('is %s: of %s with %s running it is %s', (_, past, running, expected) => {
    const found = previousRelease(history(past), digestOf(running));

    expect(found?.request.digest).toBe(digestOf(expected));
  });

  it.each([
    ['', 'a'],
    ['a', 'a'],
    ['<a b a', 'a'],
  ])('is none in "%s" with %s running', (past, running) => {
    expect(previousRelease(history(past), digestOf(running))).toBeUndefined();
  });
});
