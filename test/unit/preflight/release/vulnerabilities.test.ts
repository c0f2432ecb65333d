import { describe, expect, it } from 'vitest';
import type { ImageScan } from '../../../../functions/core/ports/image-scans.ts';
import { vulnerabilities } from '../../../../functions/core/preflight/release/vulnerabilities.ts';
import { digestOf } from '../../../support/builders/releases.ts';
import { ReleaseScene } from '../../../support/release-scene.ts';

const scan = (status: string, severityCounts = {}, description?: string): ImageScan => ({
  status,
  description,
  severityCounts,
});

function sceneWith(...scans: (ImageScan | undefined)[]): ReleaseScene {
  const scene = new ReleaseScene();
  scene.scans = scans;
  return scene;
}

describe('vulnerabilities', () => {
  it.each([
    ['COMPLETE', {}, 'OK', '0 critical, 0 high, 0 medium'],
    ['ACTIVE', { HIGH: 40, LOW: 9 }, 'OK', '0 critical, 40 high, 0 medium'],
    ['COMPLETE', { CRITICAL: 1 }, 'NG', '1 critical, 0 high, 0 medium'],
    ['ACTIVE', { CRITICAL: 2, MEDIUM: 1 }, 'NG', '2 critical, 0 high, 1 medium'],
  ])('by default judges a scan %s with %j: %s', async (status, counts, judged, observed) => {
    const finding = await sceneWith(scan(status, counts)).judge(vulnerabilities);
    expect(finding).toMatchObject({ status: judged, observed });
  });

  it.each([
    [3, 'OK'],
    [4, 'NG'],
  ])('with a bound of 3 high, %i high is %s', async (HIGH, status) => {
    const scene = sceneWith(scan('COMPLETE', { HIGH }));
    scene.changePreflight({ high: 3 });
    expect((await scene.judge(vulnerabilities)).status).toBe(status);
  });

  it.each([
    [undefined, 'ECR never scanned the image'],
    [
      scan('UNSUPPORTED_IMAGE', {}, 'unknown distribution'),
      'ECR has no findings of the image (UNSUPPORTED_IMAGE: unknown distribution)',
    ],
    [
      scan('SCAN_ELIGIBILITY_EXPIRED'),
      'ECR has no findings of the image (SCAN_ELIGIBILITY_EXPIRED)',
    ],
  ])('without findings goes by neverScanned: %j', async (given, said) => {
    const scene = sceneWith(given);
    expect(await scene.judge(vulnerabilities)).toEqual({ status: 'SKIP', reason: said });
    scene.changePreflight({ neverScanned: 'refuse' });
    expect(await scene.judge(vulnerabilities)).toMatchObject({ status: 'NG', observed: said });
  });

  it.each(['FAILED', 'STATUS_OF_TOMORROW'])('is NG for a scan that is %s', async (status) => {
    expect(await sceneWith(scan(status)).judge(vulnerabilities)).toMatchObject({
      status: 'NG',
      observed: `the scan is ${status}`,
    });
  });

  it('waits for a scan that is still running, and says how long', async () => {
    const scene = sceneWith(scan('PENDING'), scan('IN_PROGRESS'), scan('COMPLETE', { LOW: 1 }));
    expect(await scene.judge(vulnerabilities)).toEqual({
      status: 'OK',
      observed: '0 critical, 0 high, 0 medium, after a wait of 10 s',
    });
    expect(scene.clock.sleeps).toEqual([5_000, 5_000]);
  });

  describe('of an image without a scan', () => {
    const begins = (...scans: (ImageScan | undefined)[]) => {
      const scene = sceneWith(...scans);
      scene.scansOnPush = true;
      scene.digest = digestOf('5');
      scene.images.push('team/shop', 'v5', scene.digest, scene.clock.now() - 2_000);
      return scene;
    };
    const asked = (scene: ReleaseScene) =>
      scene.calls.filter((call) => call.startsWith('scansOnPush'));

    it('waits where ECR scans on push: seconds after a push the scan has only not begun', async () => {
      const scene = begins(undefined, undefined, scan('IN_PROGRESS'), scan('COMPLETE'));
      expect(await scene.judge(vulnerabilities)).toEqual({
        status: 'OK',
        observed: '0 critical, 0 high, 0 medium, after a wait of 15 s',
      });
      expect(asked(scene)).toEqual(['scansOnPush ["team/shop"]']);
    });

    it.each(['skip', 'refuse'] as const)(
      'is NG when it does not begin in time, also with neverScanned %s',
      async (neverScanned) => {
        const scene = begins(undefined);
        scene.changePreflight({ neverScanned, waitSeconds: 7 });
        expect(await scene.judge(vulnerabilities)).toMatchObject({
          status: 'NG',
          expected: 'a finished scan within 7 s',
          observed: 'the repository scans on push, but no scan has begun after a wait of 7 s',
        });
        expect(scene.clock.sleeps).toEqual([5_000, 2_000]);
      },
    );

    it('answers at once where nobody scans, and asks nothing of an image that was scanned', async () => {
      const scene = begins(undefined);
      scene.scansOnPush = false;
      expect((await scene.judge(vulnerabilities)).status).toBe('SKIP');
      expect(scene.clock.sleeps).toEqual([]);
      const scanned = begins(scan('COMPLETE'));
      await scanned.judge(vulnerabilities);
      expect(asked(scanned)).toEqual([]);
    });

    it('does not wait for a scan of an image that has lain there for an hour', async () => {
      const scene = begins(undefined);
      scene.clock.advance(3_600_000);
      expect(await scene.judge(vulnerabilities)).toEqual({
        status: 'SKIP',
        reason: 'ECR never scanned the image',
      });
    });
  });

  it('counts what was found before the scan lost its eligibility', async () => {
    const scene = sceneWith(scan('SCAN_ELIGIBILITY_EXPIRED', { CRITICAL: 1 }));
    expect(await scene.judge(vulnerabilities)).toMatchObject({
      status: 'NG',
      observed: '1 critical, 0 high, 0 medium',
    });
  });

  it('waits no longer than it may', async () => {
    const scene = sceneWith(scan('IN_PROGRESS'));
    scene.changePreflight({ waitSeconds: 12 });
    expect(await scene.judge(vulnerabilities)).toMatchObject({
      status: 'NG',
      expected: 'a finished scan within 12 s',
      observed: 'the scan is IN_PROGRESS after a wait of 12 s',
    });
    expect(scene.clock.sleeps).toEqual([5_000, 5_000, 2_000]);
    expect(vulnerabilities.waitMs?.(scene.service.preflight)).toBe(12_000);
  });

  it('asks nothing and waits for nothing when no severity is bounded', async () => {
    const scene = new ReleaseScene();
    scene.changePreflight({ critical: 'unlimited' });
    expect((await scene.judge(vulnerabilities)).status).toBe('SKIP');
    expect(scene.calls).toEqual([]);
    expect(vulnerabilities.waitMs?.(scene.service.preflight)).toBe(0);
  });

  it('asks for the manifest of the platform that runs, not for the index', async () => {
    const scene = new ReleaseScene();
    const children = [{ digest: digestOf('7'), platform: { os: 'linux', architecture: 'amd64' } }];
    scene.images.manifests.set(digestOf('2'), { kind: 'index', digest: digestOf('2'), children });
    await scene.judge(vulnerabilities);
    expect(scene.calls).toContain(`read ${JSON.stringify(['team/shop', digestOf('7')])}`);
  });
});
