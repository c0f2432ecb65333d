import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setScanFindings } from '../../../simulator/ecr/set-scan-findings.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import {
  pushTestImage,
  putManifest,
  type TestImage,
  testImage,
  testIndex,
} from './pushed-image.ts';

const repositoryName = 'team/shop';
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.repositories.create(repositoryName);
});
afterEach(() => bench.stop());

const call = (name: string, input: object = {}) => bench.call(name, { repositoryName, ...input });
const push = (image: TestImage, tag?: string) => pushTestImage(bench, repositoryName, image, tag);
const describeScan = (imageId: object, more: object = {}) =>
  call('DescribeImageScanFindings', { imageId, ...more });
const setFindings = (body: object) =>
  setScanFindings(bench.model, { repository: repositoryName, ...body });
const scanBegins = () => bench.world.clock.sleep(bench.world.settings.imageScanBeginMs);
const scanEvents = () =>
  bench.events.filter(({ detailType }) => detailType.includes('Scan')).map((event) => event);
const critical = { name: 'CVE-2026-0001', severity: 'CRITICAL', packageName: 'openssl' };
const low = { name: 'CVE-2026-0002', severity: 'LOW' };

describe('basic scans', () => {
  it('an image that nobody scanned has no scan', async () => {
    await push(testImage('a'), 'v1');
    const asked = () => describeScan({ imageTag: 'v1' });
    await expect(asked).rejects.toMatchObject({ code: 'ScanNotFoundException' });
  });

  it('a scan on push runs for a while, ends COMPLETE without findings, and is announced', async () => {
    await call('PutImageScanningConfiguration', {
      imageScanningConfiguration: { scanOnPush: true },
    });
    const imageDigest = await push(testImage('a'), 'v1');
    // Not begun: only the repository tells that there will be one.
    await expect(describeScan({ imageTag: 'v1' })).rejects.toMatchObject({
      code: 'ScanNotFoundException',
    });
    await scanBegins();
    const running = await describeScan({ imageTag: 'v1' });
    expect(running.imageScanStatus).toEqual({ status: 'IN_PROGRESS' });
    expect(running.imageScanFindings).toBeUndefined();
    await bench.world.clock.sleep(bench.world.settings.imageScanMs);
    expect(await describeScan({ imageTag: 'v1' })).toMatchObject({
      imageId: { imageDigest, imageTag: 'v1' },
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findings: [], findingSeverityCounts: {} },
    });
    expect(scanEvents()).toEqual([
      {
        source: 'aws.ecr',
        detailType: 'ECR Image Scan',
        resources: ['arn:aws:ecr:eu-west-1:111122223333:repository/team/shop'],
        detail: {
          'scan-status': 'COMPLETE',
          'repository-name': repositoryName,
          'finding-severity-counts': {},
          'image-digest': imageDigest,
          'image-tags': ['v1'],
        },
      },
    ]);
  });

  it('stated findings are shown in pages with counts of the severities that occur', async () => {
    const digest = await push(testImage('a'), 'v1');
    expect(setFindings({ image: 'v1', findings: [critical, low, low] })).toEqual({
      appliesTo: [digest],
    });
    const first = await describeScan({ imageDigest: digest }, { maxResults: 2 });
    expect(first.imageScanFindings).toMatchObject({
      findingSeverityCounts: { CRITICAL: 1, LOW: 2 },
      findings: [
        {
          name: 'CVE-2026-0001',
          severity: 'CRITICAL',
          attributes: [{ key: 'package_name', value: 'openssl' }],
        },
        { severity: 'LOW' },
      ],
    });
    const rest = await describeScan({ imageDigest: digest }, { nextToken: first.nextToken });
    expect(rest.imageScanFindings).toMatchObject({ findings: [{ name: 'CVE-2026-0002' }] });
    // The improved basic scanner leaves DescribeImages without a summary (aws-facts 1.5).
    const { imageDetails } = await call('DescribeImages');
    expect(imageDetails).toEqual([expect.not.objectContaining({ imageScanStatus: {} })]);
  });

  it('what is stated of an image to come holds once it is pushed, after its scanning time', async () => {
    expect(setFindings({ image: 'v2', findings: [critical], scanSeconds: 30 })).toEqual({
      appliesTo: [],
    });
    await push(testImage('b'), 'v2');
    expect(await describeScan({ imageTag: 'v2' })).toMatchObject({
      imageScanStatus: { status: 'IN_PROGRESS' },
    });
    await bench.world.clock.sleep(30_000);
    expect(await describeScan({ imageTag: 'v2' })).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 1 } },
    });
  });

  it('findings stated during a scan are not undone by its end', async () => {
    await push(testImage('a'), 'v1');
    await call('StartImageScan', { imageId: { imageTag: 'v1' } });
    setFindings({ image: 'v1', findings: [critical] });
    await bench.world.clock.sleep(60_000);
    expect(await describeScan({ imageTag: 'v1' })).toMatchObject({
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 1 } },
    });
  });

  it.each(['FAILED', 'UNSUPPORTED_IMAGE', 'FINDINGS_UNAVAILABLE'])(
    'a scan that ends %s shows its status and no findings',
    async (status) => {
      await push(testImage('a'), 'v1');
      setFindings({ image: 'v1', status, findings: [critical] });
      const answer = await describeScan({ imageTag: 'v1' });
      expect(answer.imageScanStatus).toMatchObject({ status });
      expect(answer.imageScanFindings).toBeUndefined();
    },
  );

  it('an image is scanned by hand once a day', async () => {
    await push(testImage('a'), 'v1');
    const start = () => call('StartImageScan', { imageId: { imageTag: 'v1' } });
    expect(await start()).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } });
    await expect(start).rejects.toMatchObject({ code: 'LimitExceededException' });
    await bench.world.clock.sleep(86_400_000);
    expect(await start()).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } });
  });
});

describe('an index', () => {
  it('has no scan itself; what is stated of its tag holds for its images, not for attestations', async () => {
    const [arm, attestation] = [testImage('arm'), testImage('attestation')];
    const child = await push(arm);
    await push(attestation);
    const index = testIndex([
      { image: arm, platform: 'linux/arm64' },
      { image: attestation, platform: 'unknown/unknown' },
    ]);
    setFindings({ image: 'v1', findings: [critical] });
    await putManifest(bench, repositoryName, 'v1', index);
    expect(await describeScan({ imageDigest: child })).toMatchObject({
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 1 } },
    });
    for (const imageId of [
      { imageTag: 'v1' },
      { imageDigest: attestation.manifest.descriptor.digest },
    ]) {
      await expect(describeScan(imageId)).rejects.toMatchObject({
        code: 'ScanNotFoundException',
      });
    }
    await expect(call('StartImageScan', { imageId: { imageTag: 'v1' } })).rejects.toMatchObject({
      code: 'UnsupportedImageTypeException',
    });
  });

  it('is said to be unsupported where the setting says so, what it lists is not', async () => {
    Object.assign(bench.world.settings, { indexScan: 'UNSUPPORTED_IMAGE' });
    const arm = testImage('arm');
    const child = await push(arm);
    await putManifest(
      bench,
      repositoryName,
      'v1',
      testIndex([{ image: arm, platform: 'linux/arm64' }]),
    );
    expect(await describeScan({ imageTag: 'v1' })).toMatchObject({
      imageScanStatus: {
        status: 'UNSUPPORTED_IMAGE',
        description:
          'UnsupportedImageError: The operating system and/or package manager are not supported.',
      },
    });
    await expect(describeScan({ imageDigest: child })).rejects.toMatchObject({
      code: 'ScanNotFoundException',
    });
  });
});

describe('enhanced scans', () => {
  beforeEach(async () => {
    const repositoryFilters = [{ filter: 'team/*', filterType: 'WILDCARD' }];
    const rules = [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters }];
    await bench.call('PutRegistryScanningConfiguration', { scanType: 'ENHANCED', rules });
  });

  it('end ACTIVE, fill the summary of DescribeImages, and are announced by Inspector', async () => {
    const digest = await push(testImage('a'), 'v1');
    await scanBegins();
    expect(await describeScan({ imageTag: 'v1' })).toMatchObject({
      imageScanStatus: { status: 'PENDING' },
    });
    setFindings({ image: 'v1', findings: [{ ...critical, fixedInVersion: '3.0.1', score: 9.8 }] });
    expect(await describeScan({ imageTag: 'v1' })).toMatchObject({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: {
        findingSeverityCounts: { CRITICAL: 1 },
        enhancedFindings: [
          {
            severity: 'CRITICAL',
            score: 9.8,
            fixAvailable: 'YES',
            packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-0001' },
          },
        ],
      },
    });
    const { imageDetails } = await call('DescribeImages');
    expect(imageDetails).toMatchObject([
      {
        imageScanStatus: { status: 'ACTIVE' },
        imageScanFindingsSummary: { findingSeverityCounts: { CRITICAL: 1 } },
      },
    ]);
    expect(scanEvents()).toMatchObject([
      {
        source: 'aws.inspector2',
        resources: [`arn:aws:ecr:eu-west-1:111122223333:repository/team/shop/${digest}`],
        detail: { 'finding-severity-counts': { CRITICAL: 1, TOTAL: 1 } },
      },
    ]);
  });

  it('cannot be started by hand', async () => {
    await push(testImage('a'), 'v1');
    await expect(call('StartImageScan', { imageId: { imageTag: 'v1' } })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  it('are configured per registry', async () => {
    expect(await bench.call('GetRegistryScanningConfiguration', {})).toMatchObject({
      scanningConfiguration: {
        scanType: 'ENHANCED',
        rules: [{ scanFrequency: 'CONTINUOUS_SCAN' }],
      },
    });
    const answer = await bench.call('BatchGetRepositoryScanningConfiguration', {
      repositoryNames: [repositoryName, 'none'],
    });
    expect(answer).toMatchObject({
      scanningConfigurations: [{ repositoryName, scanFrequency: 'CONTINUOUS_SCAN' }],
      failures: [{ repositoryName: 'none', failureCode: 'REPOSITORY_NOT_FOUND' }],
    });
    const rules = [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [] }];
    await expect(
      bench.call('PutRegistryScanningConfiguration', { scanType: 'BASIC', rules }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

it.each([
  [{ image: 'v1', status: 'DONE' }, /status/],
  [{ image: 'v1', findings: [{ name: 'x', severity: 'BAD' }] }, /severity/],
  [{ image: 'v1', colour: 'red' }, /colour/],
  [{ repository: 'none', image: 'v1' }, /does not exist/],
])('the control operation refuses %j', (body, message) => {
  expect(() => setFindings(body)).toThrow(message);
});
