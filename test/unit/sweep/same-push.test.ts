import { describe, expect, it } from 'vitest';
import { isSamePush, type StartedPush } from '../../../functions/core/sweep/same-push.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';

const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);

/** Pushed at 10:00:00.300, found by a sweep ten minutes later. */
const swept: StartedPush = {
  request: releaseRequest({
    pushedAt: '2026-09-01T10:00:00.300Z',
    eventId: `sweep-${at('10:00:00.300')}-222222222222`,
  }),
  startedAtMs: at('10:10:00'),
};
/** The same push, as its event tells of it. */
const told = (changes: Partial<StartedPush['request']> = {}): StartedPush => ({
  request: releaseRequest(changes),
  startedAtMs: at('10:17:00'),
});

describe('isSamePush', () => {
  it('holds for a push that the sweep found and that its event tells of, either way', () => {
    expect(isSamePush(swept, told())).toBe(true);
    expect(isSamePush(told(), swept)).toBe(true);
  });

  it.each<[string, Partial<StartedPush['request']>]>([
    ['another service', { service: 'basket' }],
    ['another repository', { repository: 'team/basket' }],
    ['another tag', { tag: 'v3' }],
    ['another digest', { digest: digestOf('3') }],
    ['a push before the one that was found', { pushedAt: '2026-09-01T09:59:58Z' }],
    ['a push after the sweep had started it', { pushedAt: '2026-09-01T10:10:01Z' }],
  ])('does not hold for %s', (_, changes) => {
    expect(isSamePush(swept, told(changes))).toBe(false);
  });

  it('does not hold for two events: each is a push of its own', () => {
    expect(isSamePush(told({ eventId: 'another-event' }), told())).toBe(false);
  });

  it('holds for a tag that was moved back between two sweeps', () => {
    const moved = {
      ...swept,
      request: { ...swept.request, eventId: `sweep-moved-${at('10:10:00')}-222222222222` },
    };

    expect(isSamePush(moved, told({ pushedAt: '2026-09-01T10:08:00Z' }))).toBe(true);
  });
});
