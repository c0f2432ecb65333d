import { describe, expect, it } from 'vitest';
import { findMissedImage } from '../../../functions/core/sweep/find-missed-image.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest, serviceConfig } from '../../support/builders/releases.ts';
import { imageDetail } from '../../support/fakes/fake-image-registry.ts';

const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);
const window = { sinceMs: at('08:00:00'), untilMs: at('11:00:00') };
const v2 = imageDetail(digestOf('2'), ['v2'], at('10:00:00'));
const find = (images = [v2], names: string[] = [], bounds = window) =>
  findMissedImage(serviceConfig(), images, names, bounds);

describe('findMissedImage', () => {
  it('is the newest image that nothing was started for, under the same name each time', () => {
    const older = imageDetail(digestOf('1'), ['v1'], at('09:00:00'));

    expect(find([older, v2])).toEqual({
      service: 'shop',
      repository: 'team/shop',
      tag: 'v2',
      digest: digestOf('2'),
      pushedAt: '2026-09-01T10:00:00.000Z',
      eventId: 'sweep-1788256800000-222222222222',
    });
    expect(find([v2, older])).toEqual(find([older, v2]));
  });

  it('is none when an execution of any event was started for it', () => {
    expect(find([v2], [executionName(releaseRequest())])).toBeUndefined();
  });

  it('is not an older image that was missed: the newest supersedes it', () => {
    const newest = imageDetail(digestOf('3'), ['v3'], at('10:30:00'));
    const started = executionName(releaseRequest({ digest: digestOf('3') }));

    expect(find([v2, newest], [started])).toBeUndefined();
  });

  it('does not take the execution of another service or image for its own', () => {
    const others = [
      executionName(releaseRequest({ service: 'shop-admin' })),
      executionName(releaseRequest({ digest: digestOf('3') })),
    ];

    expect(find([v2], others)).toMatchObject({ tag: 'v2' });
  });

  it.each([
    ['pushed before Greengate was there', [v2], { ...window, sinceMs: at('10:00:01') }],
    ['whose event may still be on its way', [v2], { ...window, untilMs: at('09:59:59') }],
    ['without a tag', [imageDetail(digestOf('2'), [], at('10:00:00'))], window],
    [
      'with a tag that no pattern takes',
      [imageDetail(digestOf('2'), ['x'], at('10:00:00'))],
      window,
    ],
  ])('is not one %s', (_, images, bounds) => {
    expect(find(images, [], bounds)).toBeUndefined();
  });

  it('is not an artifact that is no image, such as a signature', () => {
    const signature = {
      ...imageDetail(digestOf('4'), ['v9'], at('10:45:00')),
      artifactMediaType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
    };

    expect(find([signature, v2])).toMatchObject({ tag: 'v2' });
  });
});
