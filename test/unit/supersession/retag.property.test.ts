import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { findNewerImage } from '../../../functions/core/supersession/find-newer-image.ts';
import { keepRetag } from '../../../functions/core/supersession/keep-retag.ts';
import { leastRetagAgeMs, retagOf } from '../../../functions/core/supersession/retag.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest, serviceConfig } from '../../support/builders/releases.ts';
import { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

interface Push {
  readonly digest: string;
  readonly tag: string;
  readonly atMs: number;
}

const repository = 'team/shop';
const startMs = Date.parse('2026-09-01T10:00:00Z');

/** Each under a tag of its own, as a team with immutable tags pushes; images come back. */
const history = fc
  .array(
    fc.record({
      digit: fc.constantFrom('1', '2', '3'),
      afterMs: fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 3 * leastRetagAgeMs })),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps): Push[] => {
    let atMs = startMs;
    return steps.map(({ digit, afterMs }, at) => {
      atMs += afterMs;
      return { digest: digestOf(digit), tag: `v${at}`, atMs };
    });
  });

function requestOf({ digest, tag, atMs }: Push): ReleaseRequest {
  const pushedAt = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
  return releaseRequest({ digest, tag, pushedAt, eventId: `event-${tag}` });
}

/** What resolve-release keeps when the pushes are resolved in this order, all of them being in ECR. */
async function afterPushes(pushes: readonly Push[], order: readonly Push[] = pushes) {
  const deps = { images: new FakeImageRegistry(), records: new FakeRecords(), log: new FakeLog() };
  for (const { digest, tag, atMs } of pushes) deps.images.push(repository, tag, digest, atMs);
  for (const push of order) {
    const request = requestOf(push);
    const image = await deps.images.findImage(repository, { tag: push.tag });
    const retag = retagOf(request, { executionName: executionName(request) }, image);
    if (retag !== undefined) await keepRetag('shop', retag, deps);
  }
  const newerThan = (push: Push) => findNewerImage(deps, serviceConfig(), requestOf(push));
  return { deps, newerThan };
}

describe('findNewerImage where images are pushed anew under other tags', () => {
  it('supersedes never all pushes, in whatever order they are resolved', async () => {
    const ordered = history.chain((pushes) =>
      fc.tuple(
        fc.constant(pushes),
        fc.shuffledSubarray(pushes, { minLength: pushes.length, maxLength: pushes.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(ordered, async ([pushes, order]) => {
        const { newerThan } = await afterPushes(pushes, order);
        expect(await Promise.all(pushes.map(newerThan))).toContain(undefined);
      }),
    );
  });

  it('lets the last push stand, though its image is old, and none of another image before it', async () => {
    const longAfter = fc.integer({ min: leastRetagAgeMs + 1_000, max: 10 * leastRetagAgeMs });
    const digit = fc.constantFrom('1', '2', '3', '4');
    await fc.assert(
      fc.asyncProperty(history, longAfter, digit, async (before, afterMs, lastDigit) => {
        const atMs = (before.at(-1)?.atMs ?? startMs) + afterMs;
        const last = { digest: digestOf(lastDigit), tag: 'v-last', atMs };
        const { newerThan } = await afterPushes([...before, last]);
        expect(await newerThan(last)).toBeUndefined();
        for (const push of before) {
          if (push.digest === last.digest) continue;
          expect(await newerThan(push)).toMatchObject({ digest: expect.any(String) });
        }
      }),
    );
  });
});
