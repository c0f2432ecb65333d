import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../functions/core/errors.ts';
import { selectPlatform } from '../../../functions/core/image/select-platform.ts';
import { digestOf } from '../../support/builders/releases.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
const index = {
  kind: 'index',
  digest: digestOf('9'),
  children: [
    { digest: digestOf('1'), platform: amd64 },
    { digest: digestOf('2'), platform: arm64 },
  ],
} as const;

describe('selectPlatform', () => {
  it.each([
    [amd64, digestOf('1')],
    [arm64, digestOf('2')],
  ])('picks the child for %j', (wanted, digest) => {
    expect(selectPlatform(index, wanted, 'team/shop:v2')).toBe(digest);
  });

  it('picks a single manifest itself when it fits', () => {
    const image = { kind: 'image', digest: digestOf('1'), platform: arm64 } as const;
    expect(selectPlatform(image, arm64, 'team/shop:v2')).toBe(digestOf('1'));
  });

  it.each([
    [{ kind: 'image', digest: digestOf('9'), platform: amd64 } as const, 'linux/amd64'],
    [{ ...index, children: index.children.slice(0, 1) }, 'linux/amd64'],
    [{ ...index, children: [] }, 'no platform'],
  ])('refuses what does not fit and says what there is (%#)', (manifest, offered) => {
    expect(() => selectPlatform(manifest, arm64, 'team/shop:v2')).toThrow(
      new UnsupportedError(
        `Image team/shop:v2 (sha256:999999999999) is built for ${offered}, expected linux/arm64, the runtimePlatform of the running task definition`,
      ),
    );
  });
});
