import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { findNewerImage } from '../../../functions/core/supersession/find-newer-image.ts';
import { digestOf, releaseRequest, serviceConfig } from '../../support/builders/releases.ts';
import { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

const repository = 'team/shop';
const startMs = Date.parse('2026-09-01T10:00:00Z');

/** Pushes close together, with tags that move and digests that come back. */
const pushes = fc
  .array(
    fc.record({
      digit: fc.constantFrom('1', '2', '3', '4'),
      tag: fc.constantFrom('v1', 'v2', 'v3', 'other'),
      afterMs: fc.nat({ max: 1_500 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((steps) => {
    let atMs = startMs;
    return steps.map(({ digit, tag, afterMs }) => {
      atMs += afterMs;
      return { digest: digestOf(digit), tag, atMs };
    });
  });

function registryAfter(history: readonly { tag: string; digest: string; atMs: number }[]) {
  const images = new FakeImageRegistry();
  for (const { tag, digest, atMs } of history) images.push(repository, tag, digest, atMs);
  return images;
}

/** What ECR's events say: whole seconds (aws-facts 1.1). */
function requestsOf(history: readonly { tag: string; digest: string; atMs: number }[]) {
  return history
    .filter(({ tag }) => tag.startsWith('v'))
    .map(({ tag, digest, atMs }) =>
      releaseRequest({ tag, digest, pushedAt: `${new Date(atMs).toISOString().slice(0, 19)}Z` }),
    );
}

/** With no tag on record that was put on an older image. */
function newerImage(images: FakeImageRegistry, request: ReleaseRequest) {
  const deps = { images, records: new FakeRecords(), log: new FakeLog() };
  return findNewerImage(deps, serviceConfig(), request);
}

describe('findNewerImage', () => {
  it('supersedes never all of the pushes, however close and in whatever order they are looked at', async () => {
    await fc.assert(
      fc.asyncProperty(pushes, async (history) => {
        const requests = requestsOf(history);
        fc.pre(requests.length > 0);
        const images = registryAfter(history);
        const newer = await Promise.all(requests.map((request) => newerImage(images, request)));
        expect(newer).toContain(undefined);
      }),
    );
  });

  it('never supersedes two pushes by each other', async () => {
    await fc.assert(
      fc.asyncProperty(pushes, async (history) => {
        const images = registryAfter(history);
        const requests = requestsOf(history);
        const superseded = await Promise.all(
          requests.map(async (request) => ({
            request,
            by: (await newerImage(images, request))?.digest,
          })),
        );
        // The push whose effect ECR shows last for each tag stands for its digest.
        const standing = superseded.filter(
          ({ request }, at) => requests.findLastIndex(({ tag }) => tag === request.tag) === at,
        );
        for (const a of standing) {
          for (const b of standing) {
            const mutual = a.by === b.request.digest && b.by === a.request.digest;
            expect(mutual && a.request.digest !== b.request.digest).toBe(false);
          }
        }
      }),
    );
  });

  it('lets the latest push stand when its image is new', async () => {
    await fc.assert(
      fc.asyncProperty(pushes, fc.integer({ min: 1, max: 5_000 }), async (history, afterMs) => {
        const last = history.at(-1)?.atMs ?? startMs;
        const push = { digest: digestOf('9'), tag: 'v9', atMs: last + afterMs };
        const images = registryAfter([...history, push]);
        const request = requestsOf([push])[0] ?? releaseRequest();
        expect(await newerImage(images, request)).toBeUndefined();
      }),
    );
  });

  it('is superseded when its own tag was moved, even to an older image', async () => {
    const images = new FakeImageRegistry();
    images.push(repository, 'v2', digestOf('1'), startMs - 60_000);
    images.push(repository, 'v2', digestOf('2'), startMs);
    images.push(repository, 'v2', digestOf('1'), startMs + 60_000);
    const newer = await newerImage(images, releaseRequest());
    expect(newer).toMatchObject({
      digest: digestOf('1'),
      sentence:
        'Tag "v2" of team/shop names sha256:111111111111 now, no longer sha256:222222222222 that was pushed',
    });
  });
});
