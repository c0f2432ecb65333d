import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Assemblies } from '../../benchmarks/corpus/assemblies.ts';
import { methods } from '../../benchmarks/corpus/methods/methods.ts';
import { playBatch } from '../../benchmarks/corpus/play-batch.ts';
import type { PlayedRelease } from '../../benchmarks/corpus/played-release.ts';

const limitMs = 180_000;
const scratch = mkdtempSync(join(tmpdir(), 'greengate-corpus-test-'));
const ours: PlayedRelease[] = [];
const withOneRequest: PlayedRelease[] = [];

beforeAll(async () => {
  const assemblies = new Assemblies(scratch);
  const names = ['errors-5-percent', 'missing-field', 'errors-on-post', 'cold-cache'];
  await playBatch(methods.greengate, names, assemblies, (release) => ours.push(release));
  await playBatch(methods['one-request-hook'], ['missing-field'], assemblies, (release) =>
    withOneRequest.push(release),
  );
}, limitMs);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const release = (name: string) => ours.find((one) => one.name === name);

describe('a part of the release corpus', () => {
  it.each([
    ['errors-5-percent', 'against the original'],
    ['missing-field', 'products'],
    ['errors-on-post', 'orders'],
  ])('catches %s before a client sees it', (name, check) => {
    expect(release(name)).toMatchObject({
      outcome: 'rolled-back',
      caughtBy: `AfterAllowTestTraffic: ${check}`,
      productionRequestsServed: 0,
    });
  });

  it('lets a cold cache through, to clients who were there all the while', () => {
    expect(release('cold-cache')).toMatchObject({ outcome: 'deployed', caughtBy: 'none' });
    expect(release('cold-cache')?.productionRequestsServed).toBeGreaterThan(200);
  });

  it('shows what one request at the start page misses', () => {
    expect(withOneRequest[0]).toMatchObject({ name: 'missing-field', outcome: 'deployed' });
    expect(withOneRequest[0]?.productionRequestsServed).toBeGreaterThan(200);
  });
});
