import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { GreengateRepository } from '../../../infra/constructs/index.ts';
import { type EcrBench, openEcrBench } from '../../simulator/ecr/ecr-bench.ts';
import {
  pushTestImage,
  putManifest,
  testImage,
  testIndex,
} from '../../simulator/ecr/pushed-image.ts';
import { Template } from '../template.ts';
import { environmentApp } from './variants.ts';

const repositoryName = 'team/shop';
const dayMs = 86_400_000;

function properties(props: Partial<ConstructorParameters<typeof GreengateRepository>[2]> = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'greengate-repository-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const app = environmentApp(outdir);
  new GreengateRepository(new Stack(app, 'Stack'), 'Repository', { repositoryName, ...props });
  const { template } = app.synth().getStackByName('Stack');
  return new Template(template as Record<string, unknown>).one('AWS::ECR::Repository').properties;
}

const policyOf = (resource: Readonly<Record<string, unknown>>) =>
  (resource.LifecyclePolicy as { LifecyclePolicyText: string } | undefined)?.LifecyclePolicyText;

describe('GreengateRepository', () => {
  it('scans on push and never lets a tag name another image', () => {
    expect(properties()).toMatchObject({
      ImageScanningConfiguration: { ScanOnPush: true },
      ImageTagMutability: 'IMMUTABLE',
    });
  });

  it('expires nothing where a push can take the tag of a release away', () => {
    const resource = properties({ mutableTags: true });
    expect(resource.ImageTagMutability).toBe('MUTABLE');
    expect(policyOf(resource)).toBeUndefined();
  });

  it.each([0, -1, 1.5])('refuses to expire after %s days', (expireUntaggedAfterDays) => {
    expect(() => properties({ expireUntaggedAfterDays })).toThrow(
      `needs expireUntaggedAfterDays of 1 or more, got ${expireUntaggedAfterDays}`,
    );
  });
});

describe('its lifecycle policy, in ECR', () => {
  let bench: EcrBench;
  beforeEach(async () => {
    bench = await openEcrBench();
    await bench.call('CreateRepository', { repositoryName, imageTagMutability: 'IMMUTABLE' });
  });
  afterEach(() => bench.stop());

  const expiring = async (lifecyclePolicyText: string): Promise<readonly string[]> => {
    await bench.call('StartLifecyclePolicyPreview', { repositoryName, lifecyclePolicyText });
    const { previewResults } = (await bench.call('GetLifecyclePolicyPreview', {
      repositoryName,
    })) as { previewResults: { imageDigest: string }[] };
    return previewResults.map(({ imageDigest }) => imageDigest);
  };

  it('leaves every release for ever, what its index lists too, and expires what never was one', async () => {
    const policy = policyOf(properties()) ?? '';
    for (let release = 1; release <= 120; release++) {
      await pushTestImage(bench, repositoryName, testImage(`release ${release}`), `v${release}`);
    }
    const child = testImage('child');
    await pushTestImage(bench, repositoryName, child);
    const index = testIndex([{ image: child }]);
    await putManifest(bench, repositoryName, 'v121', index);
    const forgotten = await pushTestImage(bench, repositoryName, testImage('forgotten'));
    const { clock } = bench.world;
    await clock.advanceTo(clock.now() + 29 * dayMs);
    expect(await expiring(policy)).toEqual([]);
    await clock.advanceTo(clock.now() + 3_650 * dayMs);
    expect(await expiring(policy)).toEqual([forgotten]);
  });
});
