import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFromDockerfile } from '../../simulator/oci/build-from-dockerfile.ts';
import { pushImage } from '../../simulator/oci/push-image.ts';
import { type EcrBench, openEcrBench } from '../simulator/ecr/ecr-bench.ts';

interface Sample {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: unknown[];
  readonly detail: Record<string, string>;
}

const sample = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../events/ecr/${file}`, import.meta.url), 'utf8')) as Sample;

/** What must be equal, once the values that differ from push to push are left out. */
const shapeOf = ({
  source,
  detailType,
  resources,
  detail,
}: {
  source: string;
  detailType: string;
  resources: readonly unknown[];
  detail: unknown;
}) => {
  const { 'image-digest': _digest, 'image-tag': _tag, ...fixed } = detail as Record<string, string>;
  return { source, detailType, resources, members: Object.keys(detail as object), fixed };
};

const shapeOfSample = (file: string) => {
  const { source, 'detail-type': detailType, resources, detail } = sample(file);
  return shapeOf({ source, detailType, resources, detail });
};

describe('the events of a simulated push', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench();
    bench.model.ensureRepository('team/shop');
    const image = await buildFromDockerfile({
      directory: fileURLToPath(new URL('../../simulator/workloads/shop', import.meta.url)),
      platform: { os: 'linux', architecture: 'amd64' },
    });
    await pushImage({ registry: bench.registry, repository: 'team/shop', tag: 'v1', image });
  });
  afterEach(() => bench.stop());

  it.each([
    ['push-index-child.json', 0],
    ['push-attestation.json', 1],
    ['push-index.json', 2],
  ])('have exactly the shape of %s', (file, position) => {
    const event = bench.events[position];

    expect(event && shapeOf(event)).toEqual(shapeOfSample(file));
  });

  it('have the shape of push-media-types.json for a plain image under a tag', async () => {
    const children = bench.model.repositories.get('team/shop').images;
    const [child] = children.keys();
    const manifest = await fetch(`${bench.registry}/v2/team/shop/manifests/${child}`);

    await bench.call('PutImage', {
      repositoryName: 'team/shop',
      imageManifest: await manifest.text(),
      imageTag: 'v1-amd64',
    });

    const event = bench.events[3];
    expect(event && shapeOf(event)).toEqual(shapeOfSample('push-media-types.json'));
  });
});
