import { describe, expect, it } from 'vitest';
import type { ImageDetail } from '../../../functions/core/ports/image-registry.ts';
import { findMissedMoves } from '../../../functions/core/sweep/find-missed-move.ts';
import { followTags, matchingTags } from '../../../functions/core/sweep/follow-tags.ts';
import { type KnownExecution, mayBeOf } from '../../../functions/core/sweep/known-execution.ts';
import type { SeenTag } from '../../../functions/core/sweep/sweep-memory.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest, serviceConfig } from '../../support/builders/releases.ts';
import { imageDetail } from '../../support/fakes/fake-image-registry.ts';

const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);
const [old, bad, other] = [digestOf('1'), digestOf('2'), digestOf('3')];
const service = serviceConfig({ image: { repository: 'team/shop', tags: ['live', 'v*'] } });
const live = (digest: string, pushedAt = '08:00:00') => imageDetail(digest, ['live'], at(pushedAt));

/** What a push of the tag at that time started. */
function push(
  tag: string,
  digest: string,
  time: string,
  changes: Partial<KnownExecution> = {},
): KnownExecution {
  const pushedAtMs = at(time);
  return {
    executionName: executionName(releaseRequest({ digest, eventId: `${tag}-${time}` })),
    startedAtMs: pushedAtMs + 2_000,
    asked: { tag, digest, pushedAtMs },
    byHand: false,
    ...changes,
  };
}

interface Look {
  readonly before?: Readonly<Record<string, SeenTag>> | undefined;
  readonly images: readonly ImageDetail[];
  readonly known?: readonly KnownExecution[];
}

/** A sweep at ten past ten, ten minutes after the one before. */
const follow = ({ before = { live: { digest: bad } }, images, known = [] }: Look) =>
  followTags(
    matchingTags(service, images),
    { tags: before, sweptAtMs: at('10:00:00') },
    known,
    at('10:10:00'),
  );

/** What became of it at twenty past ten, when no event can be on its way any more. */
function find(look: Look, laterKnown: readonly KnownExecution[] = []) {
  const known = [...(look.known ?? []), ...laterKnown];
  return findMissedMoves(
    service,
    matchingTags(service, look.images),
    follow(look),
    { known, listed: known },
    at('10:15:00'),
  );
}

describe('followTags', () => {
  it('marks no tag at the first look, whatever it names', () => {
    const tags = followTags(matchingTags(service, [live(old)]), undefined, [], at('10:10:00'));

    expect(tags).toEqual({ live: { digest: old } });
  });

  it.each<[string, Look]>([
    ['stays', { images: [live(bad)] }],
    ['was pushed with a new image', { images: [live(old, '10:05:00')] }],
    ['is new, as its image', { before: {}, images: [live(old, '10:05:00')] }],
    [
      'was moved by a push that was heard of',
      { images: [live(old)], known: [push('live', old, '10:05:00')] },
    ],
  ])('marks no tag that %s', (_, look) => {
    expect(follow(look).live).not.toHaveProperty('moved');
  });

  it('marks a tag that names an earlier image than the last sweep saw', () => {
    expect(follow({ images: [live(old)] }).live).toEqual({
      digest: old,
      moved: { notBeforeMs: at('10:00:00'), seenMs: at('10:10:00') },
    });
  });

  it('marks a tag that an earlier image got for the first time', () => {
    expect(follow({ before: {}, images: [live(old)] }).live).toEqual({
      digest: old,
      moved: { notBeforeMs: at('10:00:00'), seenMs: at('10:10:00') },
    });
  });

  it('marks a tag that is back where the last sweep saw it, but was pushed elsewhere in between', () => {
    const look = { before: { live: { digest: old } }, images: [live(old)] };

    expect(follow({ ...look, known: [push('live', bad, '10:04:00')] }).live?.moved).toEqual({
      notBeforeMs: at('10:04:00'),
      seenMs: at('10:10:00'),
    });
    expect(follow(look).live).toEqual({ digest: old });
  });

  it('goes by the time of pushes, not by the order in which their executions began', () => {
    const known = [
      push('live', old, '10:05:00'),
      push('live', bad, '10:04:00', { startedAtMs: at('10:09:00') }),
    ];

    expect(follow({ before: { live: { digest: old } }, images: [live(old)], known }).live).toEqual({
      digest: old,
    });
  });

  it('does not take what a person released for where the tag was', () => {
    const byHand = push('live', old, '10:05:00', { byHand: true });

    expect(follow({ images: [live(bad)], known: [byHand] }).live).toEqual({ digest: bad });
  });

  it('keeps the mark, and when it was first seen', () => {
    const moved = { notBeforeMs: at('09:50:00'), seenMs: at('10:00:00') };
    const before = { live: { digest: old, moved } };

    expect(follow({ before, images: [live(old)] })).toEqual(before);
  });

  it('has nothing to do with tags and artifacts that are not for the service', () => {
    const signature = { ...live(old), artifactMediaType: 'application/vnd.example.signature+json' };
    const images = [imageDetail(old, ['nightly'], at('08:00:00')), signature];

    expect(follow({ before: {}, images })).toEqual({});
  });
});

describe('findMissedMoves', () => {
  it('is the tag that was moved back unheard, dated as early as it can have been', () => {
    const { start, overtaken, tags } = find({ images: [live(old)] });

    expect(start).toEqual({
      service: 'shop',
      repository: 'team/shop',
      tag: 'live',
      digest: old,
      pushedAt: '2026-09-01T10:00:00.000Z',
      eventId: `sweep-moved-${at('10:10:00')}-111111111111`,
    });
    expect(overtaken).toEqual([]);
    expect(tags).toEqual({ live: { digest: old } });
  });

  it('waits while the event may still be on its way', () => {
    const images = [live(old)];
    const tags = follow({ images });
    const nobody = { known: [], listed: [] };

    const found = findMissedMoves(
      service,
      matchingTags(service, images),
      tags,
      nobody,
      at('10:09:59'),
    );

    expect(found).toEqual({ start: undefined, overtaken: [], tags });
  });

  it.each<[string, KnownExecution]>([
    ['by a late event', push('live', old, '10:05:00', { startedAtMs: at('10:14:00') })],
    ['under another tag', push('v1', old, '10:05:00')],
    ['by a person', push('live', old, '10:05:00', { byHand: true, executionName: 'again' })],
  ])('is none when the image was released since %s', (_, execution) => {
    const found = find({ images: [live(old)] }, [execution]);

    expect(found).toMatchObject({ start: undefined, overtaken: [] });
    expect(found.tags).toEqual({ live: { digest: old } });
  });

  it('is one although the image was released long ago', () => {
    expect(find({ images: [live(old)] }, [push('live', old, '08:00:00')]).start).toMatchObject({
      tag: 'live',
      digest: old,
    });
  });

  it('is one after the push that the tag moved away from', () => {
    const look = {
      before: { live: { digest: old } },
      images: [live(old)],
      known: [push('live', bad, '10:04:00')],
    };

    expect(find(look).start).toMatchObject({ digest: old, pushedAt: '2026-09-01T10:04:00.000Z' });
  });

  it.each<[string, KnownExecution, ImageDetail[]]>([
    [
      'another tag was moved',
      push('v0', other, '10:05:00'),
      [imageDetail(other, ['v0'], at('07:00:00'))],
    ],
    ['an image was pushed that is gone', push('v9', other, '10:05:00'), []],
    [
      'a person released something',
      push('v9', other, '07:00:00', { byHand: true, startedAtMs: at('10:05:00') }),
      [],
    ],
    [
      'a person went back',
      { executionName: 'back', startedAtMs: at('10:05:00'), asked: undefined, byHand: true },
      [],
    ],
  ])('is none when %s in the meantime, and says so', (_, execution, images) => {
    const found = find(
      { images: [live(old), ...images], before: { live: { digest: bad }, v0: { digest: other } } },
      [execution],
    );

    expect(found.start).toBeUndefined();
    expect(found.overtaken).toEqual([
      {
        request: expect.objectContaining({ tag: 'live', digest: old }),
        reason: expect.stringContaining('ECR does not say which came first'),
      },
    ]);
    expect(found.tags.live).toEqual({ digest: old });
  });

  it('is left to be superseded by an image that was pushed since', () => {
    const newer = imageDetail(other, ['v9'], at('10:05:00'));

    expect(
      find({ images: [live(old), newer] }, [push('v9', other, '10:05:00')]).start,
    ).toMatchObject({
      digest: old,
      pushedAt: '2026-09-01T10:00:00.000Z',
    });
  });

  it('is the newest image of several moves at once; the others are on record', () => {
    const images = [live(old, '07:00:00'), imageDetail(other, ['v0'], at('08:00:00'))];
    const found = find({ images, before: {} });

    expect(found.start).toMatchObject({ tag: 'v0', digest: other });
    expect(found.overtaken.map(({ request }) => request.tag)).toEqual(['live']);
  });

  it('is one release for two tags of one image', () => {
    const found = find({ images: [imageDetail(old, ['live', 'v1'], at('08:00:00'))], before: {} });

    expect(found.start).toMatchObject({ digest: old });
    expect(found.overtaken).toEqual([]);
  });
});

it.each([
  ['shop-222222222222-0123456789abcdef', true],
  ['shop-admin-222222222222-0123456789abcdef', false],
  ['0b6f1c52-8a0e-4a53-9d77-3f2f4c1d9e10', true],
  ['by-hand', true],
])('mayBeOf asks about %s for shop: %s', (name, expected) => {
  expect(mayBeOf('shop', name)).toBe(expected);
});
