import { describe, expect, it } from 'vitest';
import { findPassedOver } from '../../../functions/core/sweep/find-passed-over.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest, serviceConfig } from '../../support/builders/releases.ts';
import { imageDetail } from '../../support/fakes/fake-image-registry.ts';

const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);
const window = { sinceMs: at('08:00:00'), untilMs: at('11:00:00') };
const v1 = imageDetail(digestOf('1'), ['v1'], at('09:00:00'));
const v2 = imageDetail(digestOf('2'), ['v2'], at('10:00:00'));
const v3 = imageDetail(digestOf('3'), ['v3'], at('10:30:00'));
const find = (images = [v1, v2, v3], names: string[] = [], bounds = window) =>
  findPassedOver(serviceConfig(), images, names, bounds).map(({ tag }) => tag);

describe('findPassedOver', () => {
  it('is every missed image but the newest, newest first', () => {
    expect(find()).toEqual(['v2', 'v1']);
  });

  it('is none of what an execution was started for', () => {
    const started = executionName(releaseRequest({ digest: digestOf('2') }));
    expect(find([v1, v2, v3], [started])).toEqual(['v1']);
  });

  it('is not what no service takes, and that makes nothing older', () => {
    const other = imageDetail(digestOf('9'), ['latest'], at('10:45:00'));
    expect(find([other, v3, v2])).toEqual(['v2']);
    expect(find([other, v3])).toEqual([]);
  });

  it('is not what was pushed outside of the window', () => {
    expect(find([v1, v2, v3], [], { ...window, sinceMs: at('09:30:00') })).toEqual(['v2']);
    expect(find([v1, v2, v3], [], { ...window, untilMs: at('09:30:00') })).toEqual(['v1']);
  });

  it('is ten images at most', () => {
    const many = Array.from({ length: 14 }, (_, index) =>
      imageDetail(digestOf(index.toString(16)), [`v${index}`], at('10:00:00') - index * 1_000),
    );
    expect(find(many)).toEqual(Array.from({ length: 10 }, (_, index) => `v${index + 1}`));
  });
});
