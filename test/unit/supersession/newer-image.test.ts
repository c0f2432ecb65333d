import { describe, expect, it } from 'vitest';
import type { ImageDetail } from '../../../functions/core/ports/image-registry.ts';
import { newestImageAfter } from '../../../functions/core/supersession/newer-image.ts';
import { digestOf } from '../../support/builders/releases.ts';

const rule = { tags: ['v*'] };
const push = {
  repository: 'team/shop',
  tag: 'v2',
  digest: digestOf('2'),
  pushedAt: '2026-09-01T10:00:00Z',
};

function image(digit: string, pushedAt: string, ...tags: string[]): ImageDetail {
  return { digest: digestOf(digit), tags, pushedAtMs: Date.parse(pushedAt) };
}

const own = image('2', '2026-09-01T10:00:00.300Z', 'v2');

describe('newestImageAfter', () => {
  it.each<[string, ImageDetail[], string | undefined]>([
    ['nothing else', [own], undefined],
    ['an older image', [own, image('1', '2026-09-01T09:00:00Z', 'v1')], undefined],
    ['a newer image', [own, image('3', '2026-09-01T10:05:00Z', 'v3')], 'v3'],
    [
      'a newer image without a matching tag',
      [own, image('3', '2026-09-01T10:05:00Z', 'dev')],
      undefined,
    ],
    [
      'a newer image with one matching tag',
      [own, image('3', '2026-09-01T10:05:00Z', 'dev', 'v3')],
      'v3',
    ],
    [
      'two newer images: the newest',
      [image('4', '2026-09-01T10:09:00Z', 'v4'), own, image('3', '2026-09-01T10:05:00Z', 'v3')],
      'v4',
    ],
    [
      'an image pushed earlier within the second of the event',
      [own, image('3', '2026-09-01T10:00:00.200Z', 'v3')],
      undefined,
    ],
    [
      'an image pushed later within the second of the event',
      [own, image('3', '2026-09-01T10:00:00.400Z', 'v3')],
      'v3',
    ],
    [
      'an image pushed at the same instant',
      [own, image('3', '2026-09-01T10:00:00.300Z', 'v3')],
      undefined,
    ],
    [
      'a newer signature',
      [own, image('3', '2026-09-01T10:05:00Z', `sha256-${'2'.repeat(64)}.sig`)],
      undefined,
    ],
    [
      'a newer chart',
      [
        own,
        {
          ...image('3', '2026-09-01T10:05:00Z', 'v3'),
          artifactMediaType: 'application/vnd.cncf.helm.config.v1+json',
        },
      ],
      undefined,
    ],
  ])('finds beside %s', (_, images, tag) => {
    expect(newestImageAfter(push, images, rule)?.tag).toBe(tag);
  });

  it('lets a tag that moved back to an earlier digest deploy', () => {
    const images = [
      image('2', '2026-08-01T10:00:00Z', 'v2'),
      image('3', '2026-08-15T10:00:00Z', 'v3'),
    ];
    expect(newestImageAfter(push, images, rule)).toBeUndefined();
  });

  it('judges by the event alone when the own image is not listed', () => {
    const later = image('3', '2026-09-01T10:00:00.100Z', 'v3');
    expect(newestImageAfter(push, [later], rule)?.digest).toBe(digestOf('3'));
  });

  it('says what is newer than what', () => {
    const newer = newestImageAfter(push, [own, image('3', '2026-09-01T10:05:00Z', 'v3')], rule);
    expect(newer?.sentence).toBe(
      'Image team/shop:v3 (sha256:333333333333), pushed at 2026-09-01T10:05:00.000Z, is newer than v2 (sha256:222222222222), pushed at 2026-09-01T10:00:00Z',
    );
  });
});
