import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, putManifest, testImage, testIndex } from './pushed-image.ts';

const repositoryName = 'team/shop';
const hourMs = 3_600_000;
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  await bench.call('CreateRepository', { repositoryName });
});
afterEach(() => bench.stop());

type Selection = Record<string, unknown>;
const policyOf = (...selections: Selection[]) =>
  JSON.stringify({
    rules: selections.map((selection, index) => ({
      rulePriority: index + 1,
      selection,
      action: { type: 'expire' },
    })),
  });
const call = (operation: string, input: object = {}) =>
  bench.call(operation, { repositoryName, ...input });
const advance = (ms: number) => bench.world.clock.advanceTo(bench.world.clock.now() + ms);
const push = async (name: string, tag?: string) => {
  const digest = await pushTestImage(bench, repositoryName, testImage(name), tag);
  await advance(hourMs);
  return digest;
};
const expiring = async (lifecyclePolicyText: string) => {
  await call('StartLifecyclePolicyPreview', { lifecyclePolicyText });
  const { status, previewResults } = (await call('GetLifecyclePolicyPreview')) as {
    status: string;
    previewResults: { imageDigest: string; appliedRulePriority: number }[];
  };
  expect(status).toBe('COMPLETE');
  return previewResults.map(({ imageDigest, appliedRulePriority: rule }) => [imageDigest, rule]);
};
const more = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber });

describe('lifecycle policies', () => {
  it('keep the youngest images of a prefix, and expire older ones first', async () => {
    const [first, second] = [await push('a', 'prod-1'), await push('b', 'prod-2')];
    await push('c', 'prod-3');
    await push('d', 'dev-1');
    const policy = policyOf({ tagStatus: 'tagged', tagPrefixList: ['prod'], ...more(1) });
    expect(await expiring(policy)).toEqual([
      [first, 1],
      [second, 1],
    ]);
  });

  it('need a tag for each entry of a list', async () => {
    const both = await push('a', 'alpha');
    await putManifest(bench, repositoryName, 'beta-1', testImage('a').manifest);
    await push('b', 'alpha-only');
    await push('c', 'alpha-x');
    const tagStatus = 'tagged';
    const days = { countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 };
    await advance(24 * hourMs);
    const policy = policyOf({ tagStatus, tagPatternList: ['al*', '*-1'], ...days });
    expect(await expiring(policy)).toEqual([[both, 1]]);
  });

  it('never expire by a later rule what an earlier rule selects, but count it there', async () => {
    await push('a', 'prod-1');
    const dev = await push('b', 'dev-1');
    await push('c', 'dev-2');
    const prod = { tagStatus: 'tagged', tagPrefixList: ['prod'], ...more(5) };
    expect(await expiring(policyOf(prod, { tagStatus: 'any', ...more(1) }))).toEqual([[dev, 2]]);
  });

  it('leave the images that an index lists', async () => {
    const child = testImage('child');
    await pushTestImage(bench, repositoryName, child);
    await putManifest(bench, repositoryName, 'v1', testIndex([{ image: child }]));
    const orphan = await push('orphan');
    await push('newer');
    expect(await expiring(policyOf({ tagStatus: 'untagged', ...more(1) }))).toEqual([[orphan, 1]]);
  });

  it('expire on the virtual clock within a day, each image with its event', async () => {
    const old = await push('a', 'v1');
    const kept = await push('b', 'v2');
    await call('PutLifecyclePolicy', {
      lifecyclePolicyText: policyOf({ tagStatus: 'any', ...more(1) }),
    });
    bench.events.length = 0;
    await advance(25 * hourMs);
    expect(await call('ListImages')).toEqual({ imageIds: [{ imageDigest: kept, imageTag: 'v2' }] });
    expect(bench.events.map(({ detail }) => detail)).toMatchObject([
      { 'action-type': 'DELETE', 'image-digest': old, 'image-tag': 'v1' },
    ]);
    const { lastEvaluatedAt } = (await call('GetLifecyclePolicy')) as { lastEvaluatedAt: Date };
    expect(bench.world.clock.now() - lastEvaluatedAt.getTime()).toBeLessThan(25 * hourMs);
  });

  it('stop with DeleteLifecyclePolicy', async () => {
    for (const name of ['a', 'b']) await push(name, name);
    const lifecyclePolicyText = policyOf({ tagStatus: 'any', ...more(1) });
    await call('PutLifecyclePolicy', { lifecyclePolicyText });
    expect(await call('DeleteLifecyclePolicy')).toMatchObject({ lifecyclePolicyText });
    await advance(50 * hourMs);
    expect(((await call('ListImages')) as { imageIds: object[] }).imageIds).toHaveLength(2);
    await expect(call('GetLifecyclePolicy')).rejects.toMatchObject({
      code: 'LifecyclePolicyNotFoundException',
    });
    await expect(call('GetLifecyclePolicyPreview')).rejects.toMatchObject({
      code: 'LifecyclePolicyPreviewNotFoundException',
    });
  });

  it('expire what refers to an image together with it, each once', async () => {
    const image = testImage('a');
    const old = await pushTestImage(bench, repositoryName, image, 'v1');
    const signature = testImage('signature', { subject: image.manifest });
    const signed = await pushTestImage(bench, repositoryName, signature);
    const note = testImage('note', { subject: signature.manifest });
    const noted = await pushTestImage(bench, repositoryName, note);
    await advance(hourMs);
    const kept = await push('b', 'v2');
    const lifecyclePolicyText = policyOf(
      { tagStatus: 'tagged', tagPrefixList: ['v'], ...more(1) },
      { tagStatus: 'untagged', ...more(1) },
    );
    await call('PutLifecyclePolicy', { lifecyclePolicyText });
    bench.events.length = 0;
    await advance(25 * hourMs);
    expect(await call('ListImages')).toEqual({ imageIds: [{ imageDigest: kept, imageTag: 'v2' }] });
    const deleted = bench.events.map(({ detail }) => (detail as never)['image-digest']);
    expect(deleted).toHaveLength(3);
    expect(new Set(deleted)).toEqual(new Set([old, signed, noted]));
  });

  const untagged = { tagStatus: 'untagged', ...more(1) };
  const any = { tagStatus: 'any', ...more(1) };
  const v = { tagStatus: 'tagged', tagPrefixList: ['v'], ...more(1) };

  // Recorded in public threads, but for the last.
  it.each<[string, string]>([
    ['Could not map policyString into LifecyclePolicy.', '{'],
    [
      'Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.',
      policyOf({ tagStatus: 'tagged', ...more(1) }),
    ],
    [
      'If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList',
      policyOf({ ...v, tagPatternList: ['v*'] }),
    ],
    ['Cannot specify tagPrefixList with tagStatus any', policyOf({ ...v, tagStatus: 'any' })],
    [
      'Invalid tag pattern provided',
      policyOf({ tagStatus: 'tagged', tagPatternList: ['*a*b*c*d*'], ...more(1) }),
    ],
    [
      'Rule for tagStatus=ANY must have the lowest priority per storage class',
      policyOf(any, untagged),
    ],
    ['Only one rule can specify tagStatus=ANY', policyOf(any, any)],
    ['Only one rule can select Untagged images per storage class', policyOf(untagged, untagged)],
    [
      'Duplicate priority in multiple rules',
      policyOf(untagged, v).replace('"rulePriority":2', '"rulePriority":1'),
    ],
    [
      'the set of rules must contain a unique set of tag prefixes',
      policyOf(v, { ...v, ...more(5) }),
    ],
  ])('are refused: %s', async (reason, lifecyclePolicyText) => {
    await expect(call('PutLifecyclePolicy', { lifecyclePolicyText })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${reason}'`,
    });
  });

  it.each<[string, string]>([
    ['no rules', '{"rules":[]}'],
    ['days for a count', policyOf({ tagStatus: 'any', countUnit: 'days', ...more(1) })],
    ['zero', policyOf({ tagStatus: 'any', ...more(0) })],
    ['an unknown member', policyOf({ tagStatus: 'any', storageClass: 'archive', ...more(1) })],
  ])('are refused with %s', async (_, lifecyclePolicyText) => {
    await expect(call('PutLifecyclePolicy', { lifecyclePolicyText })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });
});
