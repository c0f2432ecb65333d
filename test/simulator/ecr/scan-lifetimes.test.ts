import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setScanFindings } from '../../../simulator/ecr/set-scan-findings.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, type TestImage, testImage } from './pushed-image.ts';

const repositoryName = 'team/shop';
const critical = { name: 'CVE-2026-0001', severity: 'CRITICAL', packageName: 'openssl' };
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.repositories.create(repositoryName);
});
afterEach(() => bench.stop());

const call = (name: string, input: object = {}) => bench.call(name, { repositoryName, ...input });
const push = (image: TestImage, tag?: string) => pushTestImage(bench, repositoryName, image, tag);
const describeScan = (imageId: object) => call('DescribeImageScanFindings', { imageId });
const setFindings = (body: object) =>
  setScanFindings(bench.model, { repository: repositoryName, ...body });
const scanBegins = () => bench.world.clock.sleep(bench.world.settings.imageScanBeginMs);
const scanEvents = () => bench.events.filter(({ detailType }) => detailType.includes('Scan'));

describe('scans and the life of an image', () => {
  const start = () => call('StartImageScan', { imageId: { imageTag: 'v1' } });
  const scanOnPush = () =>
    call('PutImageScanningConfiguration', { imageScanningConfiguration: { scanOnPush: true } });
  const pushAndScan = async () => {
    const imageDigest = await push(testImage('a'), 'v1');
    await scanBegins();
    await bench.world.clock.sleep(bench.world.settings.imageScanMs);
    return imageDigest;
  };

  it('the scan on push is the one that an image may have in a day', async () => {
    await scanOnPush();
    await pushAndScan();

    await expect(start).rejects.toMatchObject({ code: 'LimitExceededException' });
    await bench.world.clock.sleep(86_400_000);
    expect(await start()).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } });
  });

  it('a stated scan on push counts as well, what is stated later does not', async () => {
    await push(testImage('a'), 'v1');
    setFindings({ image: 'v1', findings: [critical] });
    expect(await start()).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } });

    await scanOnPush();
    setFindings({ image: 'v2', findings: [critical] });
    await push(testImage('b'), 'v2');
    const again = call('StartImageScan', { imageId: { imageTag: 'v2' } });
    await expect(again).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  it.each([
    [
      'its image',
      (imageDigest: string) => call('BatchDeleteImage', { imageIds: [{ imageDigest }] }),
    ],
    [
      'its repository',
      async () => {
        await call('DeleteRepository', { force: true });
        await call('CreateRepository');
        await scanOnPush();
      },
    ],
  ])('a scan goes with %s; what is pushed again is scanned again', async (_, remove) => {
    await scanOnPush();
    const imageDigest = await pushAndScan();
    setFindings({ image: 'v1', findings: [critical] });
    await remove(imageDigest);
    bench.events.length = 0;

    await push(testImage('a'), 'v1');
    await expect(describeScan({ imageTag: 'v1' })).rejects.toMatchObject({
      code: 'ScanNotFoundException',
    });
    await scanBegins();
    await bench.world.clock.sleep(bench.world.settings.imageScanMs);
    expect(scanEvents()).toMatchObject([
      { detail: { 'scan-status': 'COMPLETE', 'finding-severity-counts': {} } },
    ]);
  });

  it('an image that is deleted before its scan begins is not scanned', async () => {
    await scanOnPush();
    const imageDigest = await push(testImage('a'), 'v1');
    await call('BatchDeleteImage', { imageIds: [{ imageDigest }] });
    await scanBegins();
    await bench.world.clock.sleep(bench.world.settings.imageScanMs);
    expect(scanEvents()).toEqual([]);
  });
});
