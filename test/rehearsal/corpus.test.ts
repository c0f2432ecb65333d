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
  // Two stages at a time: each waits for its probes and clients half of the while.
  await Promise.all([
    playBatch(methods.greengate, ['missing-field', 'cold-cache'], assemblies, (release) =>
      ours.push(release),
    ),
    playBatch(methods['one-request-hook'], ['missing-field'], assemblies, (release) =>
      withOneRequest.push(release),
    ),
  ]);
}, limitMs);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const release = (name: string) => ours.find((one) => one.name === name);

describe('a part of the release corpus', () => {
  it('catches a missing field before a client sees it', () => {
    expect(release('missing-field')).toMatchObject({
      outcome: 'rolled-back',
      caughtBy: 'AfterAllowTestTraffic: products',
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
