import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findHookedService } from '../../../functions/core/hooks/find-hooked-service.ts';
import { parseHookPayload } from '../../../functions/core/hooks/parse-hook-payload.ts';
import { parseHookReport } from '../../../functions/core/hooks/parse-hook-report.ts';
import { parseLifecycleEvent } from '../../../functions/core/hooks/parse-lifecycle-event.ts';
import { imageOf, pinnedImage } from '../../../functions/core/hooks/pinned-image.ts';
import { reserveMs } from '../../../functions/core/hooks/time-budget.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { configOf, digestOf } from '../../support/builders/releases.ts';
import { deployment } from '../../support/fakes/fake-deployments.ts';

const event = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../events/${file}`, import.meta.url), 'utf8'));

describe('parseHookPayload', () => {
  it('reads the two ids that CodeDeploy hands over', () => {
    const call = parseHookPayload(event('hooks/lifecycle-hook.json'));

    expect(call.deploymentId).toBe('d-AAAAAAAA1');
    expect(call.hookExecutionId).toMatch(/^eyJ/);
  });

  it.each([
    ['invalid/hook-no-deployment-id.json', 'DeploymentId'],
    ['invalid/hook-deployment-id-is-number.json', 'DeploymentId'],
    ['invalid/hook-no-execution-id.json', 'LifecycleEventHookExecutionId'],
    ['invalid/null.json', 'expected an object'],
  ])('refuses %s in one line that names %s', (file, named) => {
    expect(() => parseHookPayload(event(file))).toThrow(
      expect.objectContaining({
        name: 'InvalidEventError',
        message: expect.stringMatching(
          new RegExp(`^Cannot read the lifecycle hook's payload: .*${named}`),
        ),
      }),
    );
  });
});

describe('parseLifecycleEvent', () => {
  it('refuses another name and lists the five', () => {
    expect(parseLifecycleEvent('AfterInstall')).toBe('AfterInstall');
    expect(() => parseLifecycleEvent('Install')).toThrow(
      'LIFECYCLE_EVENT is "Install", expected one of BeforeInstall, AfterInstall, AfterAllowTestTraffic, BeforeAllowTraffic, AfterAllowTraffic',
    );
  });
});

describe('parseHookReport', () => {
  it.each([
    ['a report', hookReport(), true],
    ['nothing', undefined, false],
    ['another verdict', { ...hookReport(), verdict: 'maybe' }, false],
    ['a report without checks', { ...hookReport(), checks: undefined }, false],
  ])('of %s', (_, document, ours) => {
    expect(parseHookReport(document) !== undefined).toBe(ours);
  });
});

describe('findHookedService', () => {
  it('finds the service by application and deployment group', () => {
    expect(findHookedService(configOf(), deployment()).name).toBe('shop');
  });

  it('says which pair is not configured', () => {
    expect(() => findHookedService(configOf(), deployment({ deploymentGroup: 'blog' }))).toThrow(
      'Cannot judge deployment d-AAAAAAAA1: greengate.yaml has no service with application "shop" and deployment group "blog"',
    );
  });
});

describe('pinnedImage', () => {
  const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  it.each([
    [
      'a digest',
      `${host}/team/shop@${digestOf('2')}`,
      { repository: 'team/shop', digest: digestOf('2') },
    ],
    ['a tag', `${host}/team/shop:v2`, undefined],
    ['a short digest', `${host}/team/shop@sha256:22`, undefined],
  ])('of an image by %s', (_, image, expected) => {
    const containerDefinitions = [
      { name: 'sidecar', image: 'x' },
      { name: 'app', image },
    ];

    expect(imageOf({ containerDefinitions }, 'app')).toBe(image);
    expect(pinnedImage(image)).toEqual(expected);
  });

  it('is asked of a container that is there', () => {
    expect(imageOf({ containerDefinitions: [] }, 'app')).toBeUndefined();
    expect(imageOf({ family: 'shop' }, 'app')).toBeUndefined();
  });
});

describe('reserveMs', () => {
  it.each([
    [300_000, 30_000],
    [120_000, 30_000],
    [60_000, 15_000],
    [3_000, 750],
    [-5, 0],
  ])('of %i ms left is %i ms', (remaining, reserve) => {
    expect(reserveMs(remaining)).toBe(reserve);
  });
});
