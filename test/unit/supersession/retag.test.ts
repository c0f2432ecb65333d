import { describe, expect, it } from 'vitest';
import { keepRetag, readRetag } from '../../../functions/core/supersession/keep-retag.ts';
import {
  leastRetagAgeMs,
  parseRetag,
  type Retag,
  retagOf,
  supersedingRetag,
} from '../../../functions/core/supersession/retag.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

const pushedAt = '2026-09-01T10:00:00Z';
const pushedAtMs = Date.parse(pushedAt);
const request = releaseRequest({ tag: 'prod-43', digest: digestOf('1'), pushedAt });
const own = { executionName: executionName(request) };
const retag: Retag = { tag: 'prod-43', digest: digestOf('1'), pushedAt };

describe('retagOf', () => {
  it('is a push whose image is at least a minute older', () => {
    expect(retagOf(request, own, { pushedAtMs: pushedAtMs - leastRetagAgeMs })).toEqual(retag);
    const younger = { pushedAtMs: pushedAtMs - leastRetagAgeMs + 1 };
    expect(retagOf(request, own, younger)).toBeUndefined();
  });

  it('is what the sweep found, which tells the earliest moment', () => {
    const found = { ...request, eventId: 'sweep-1' };
    const execution = { executionName: executionName(found) };
    expect(retagOf(found, execution, { pushedAtMs: 0 })).toEqual(retag);
  });

  it('is neither what a person starts nor an image that is not there', () => {
    expect(retagOf(request, { executionName: 'shop-by-hand' }, { pushedAtMs: 0 })).toBeUndefined();
    expect(retagOf(request, own, undefined)).toBeUndefined();
  });
});

describe('supersedingRetag', () => {
  const image = (digit: string, tag: string, atMs: number) => ({
    digest: digestOf(digit),
    tags: [tag],
    pushedAtMs: atMs,
  });
  const older = releaseRequest({ tag: 'prod-42', pushedAt: '2026-09-01T09:59:59Z' });
  const images = [image('1', 'prod-43', 0), image('2', 'prod-42', pushedAtMs - 1_000)];

  it('takes the place of what was pushed before, and says when', () => {
    expect(supersedingRetag(retag, older, images)).toEqual({
      tag: 'prod-43',
      digest: digestOf('1'),
      pushedAtMs,
      sentence:
        'Tag "prod-43" was put on sha256:111111111111 at 2026-09-01T10:00:00Z, after prod-42 (sha256:222222222222) was pushed at 2026-09-01T09:59:59Z',
    });
  });

  it.each([
    ['a push of the same second', { ...older, pushedAt }, images],
    ['an image of later than its event', older, [images[0], image('2', 'prod-42', pushedAtMs)]],
    ['the same image', { ...older, digest: digestOf('1') }, images],
    ['a tag that was taken away', older, [image('1', 'other', 0)]],
    ['a tag that was moved on', older, [image('3', 'prod-43', 0)]],
  ])('is nothing to %s', (_, push, known) => {
    const there = known.filter((one) => one !== undefined);
    expect(supersedingRetag(retag, push, there)).toBeUndefined();
  });
});

describe('keepRetag', () => {
  const key = 'pushes/retags/shop.json';
  const at = (time: string): Retag => ({ ...retag, pushedAt: `2026-09-01T${time}Z` });

  it('keeps the latest, in whatever order they come', async () => {
    const deps = { records: new FakeRecords(), log: new FakeLog() };
    for (const time of ['10:00:00', '10:05:00', '10:04:59']) {
      await keepRetag('shop', at(time), deps);
    }
    expect(deps.records.stored(key)).toEqual(at('10:05:00'));
    expect(await readRetag('shop', deps)).toEqual(at('10:05:00'));
    expect(await readRetag('cart', deps)).toBeUndefined();
  });

  it('looks again where another wrote meanwhile', async () => {
    const deps = { records: new FakeRecords(), log: new FakeLog() };
    const read = deps.records.readVersion.bind(deps.records);
    let reads = 0;
    deps.records.readVersion = async (asked) => {
      const found = await read(asked);
      reads += 1;
      if (reads === 1) await deps.records.write(key, at('09:00:00'));
      return found;
    };
    await keepRetag('shop', at('10:00:00'), deps);
    expect(deps.records.stored(key)).toEqual(at('10:00:00'));
    expect(reads).toBe(2);
  });

  it('lets the release go on without a bucket', async () => {
    const deps = { records: new FakeRecords(), log: new FakeLog() };
    deps.records.failure = new Error('NoSuchBucket');
    await keepRetag('shop', retag, deps);
    expect(await readRetag('shop', deps)).toBeUndefined();
    expect(deps.log.messages('warn')).toEqual(['retag not kept', 'retag unreadable']);
  });

  it.each([
    ['no object', 'v1'],
    ['a digest that is none', { ...retag, digest: 'latest' }],
    ['no time', { ...retag, pushedAt: 'yesterday' }],
  ])('reads nothing from %s', (_, document) => {
    expect(parseRetag(document)).toBeUndefined();
  });
});
