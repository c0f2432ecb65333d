import { describe, expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import type { PreflightRecord } from '../../../functions/core/preflight/preflight-record.ts';
import { trafficChecks } from '../../../functions/core/preflight/traffic/traffic-checks.ts';
import { pushRecordKeys } from '../../../functions/core/workflow/push-record.ts';
import { preflight } from '../../../functions/preflight/step.ts';
import {
  configOf,
  digestOf,
  execution,
  releaseRequest,
  serviceConfig,
} from '../../support/builders/releases.ts';
import { listenerArns } from '../../support/builders/traffic.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { codeDeployService } from '../../support/fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeNotifier } from '../../support/fakes/fake-notifier.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { ReleaseScene } from '../../support/release-scene.ts';
import { TrafficScene } from '../../support/traffic-scene.ts';

const { eventId } = releaseRequest();
const recordKey = pushRecordKeys.preflight(eventId, 'shop');
const outcomeKey = pushRecordKeys.outcome(eventId, 'shop');

const arm = { runtimePlatform: { cpuArchitecture: 'ARM64' } };

/** Two sound scenes that do not fit each other in every ARN: what the traffic half says only warns here. */
function prepare() {
  const scene = new ReleaseScene();
  const records = new FakeRecords();
  const notifier = new FakeNotifier();
  const warnOnly = trafficChecks.map(({ id }) => id);
  const service = serviceConfig();
  const config = configOf({ ...service, preflight: { ...service.preflight, warnOnly } });
  const ports = { ...new TrafficScene().ports(), ...scene.ports() };
  const deps = {
    config,
    ports,
    spareBalancers: ports.balancers,
    signal: new AbortController().signal,
    records,
    notifier,
    clock: new FakeClock(),
    timeout: () => new AbortController().signal,
    log: new FakeLog(),
  };
  const run = (redriveCount = 0, changes: Partial<typeof deps> = {}) =>
    preflight(
      { request: releaseRequest(), execution: execution({ redriveCount }) },
      { ...deps, ...changes },
    );
  const record = () => records.stored(recordKey) as PreflightRecord;
  /** A run whose configuration warns of these checks too, on the scene as it is now. */
  const warning = (...ids: string[]) => {
    const preflightConfig = { ...service.preflight, warnOnly: [...warnOnly, ...ids] };
    return run(0, {
      config: configOf({ ...service, preflight: preflightConfig }),
      ports: { ...new TrafficScene().ports(), ...scene.ports() },
    });
  };
  return { scene, deps, records, notifier, run, warning, record };
}

describe('preflight', () => {
  it('lets a sound release go on, records all findings and tells nobody', async () => {
    const { run, record, records, notifier } = prepare();
    const output = await run();
    expect(output.summary).toMatch(/^\d+ OK, \d+ SKIP/);
    expect(record()).toMatchObject({ passed: true, service: 'shop', tag: 'v2', redriveCount: 0 });
    expect(
      record()
        .findings.map(({ check }) => check)
        .slice(0, 2),
    ).toEqual(['image-exists', 'tag-unmoved']);
    expect(records.stored(outcomeKey)).toBeUndefined();
    expect(notifier.published).toEqual([]);
  });

  it('leaves to the hooks where listeners are and which target groups there are', async () => {
    const { run, records } = prepare();
    await run();
    expect(records.stored('balancing/shop.json')).toMatchObject({
      listeners: {
        [listenerArns.production]: { protocol: 'HTTP', port: 80, host: 'shop.elb.test' },
        [listenerArns.test]: { protocol: 'HTTP', port: 8080, host: 'shop.elb.test' },
      },
      targetGroups: [blueGroup, greenGroup],
    });
  });

  it('hands on the release as it is now, for a redrive what was mended meanwhile', async () => {
    const { scene, run } = prepare();
    const children = [
      { digest: digestOf('a'), platform: { os: 'linux', architecture: 'amd64' } },
      { digest: digestOf('b'), platform: { os: 'linux', architecture: 'arm64' } },
    ];
    scene.changeDocument({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
    const only = (...at: number[]) =>
      scene.images.manifests.set(digestOf('2'), {
        kind: 'index',
        digest: digestOf('2'),
        children: children.filter((_, index) => at.includes(index)),
      });
    only(0);
    const ports = () => ({ ports: { ...new TrafficScene().ports(), ...scene.ports() } });
    await expect(run(0, ports())).rejects.toThrow(/1 check is not good: image-platform: /);
    only(0, 1);
    const { release } = await run(1, ports());
    expect(release).toEqual({
      ...releaseRequest(),
      platformDigest: digestOf('b'),
      platform: 'linux/arm64',
      image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf('2')}`,
      originalTaskDefinitionArn: expect.stringMatching(/task-definition\/shop:\d+$/),
    });
  });

  it.each([
    ['image-platform', (scene: ReleaseScene) => scene.changeDocument(arm)],
    ['image-exists', (scene: ReleaseScene) => scene.images.removeImage('team/shop', digestOf('2'))],
  ])('goes on with the pushed digest where %s only warns', async (id, breakIt) => {
    const { scene, warning } = prepare();
    breakIt(scene);
    const { release, warnings } = await warning(id, 'tag-unmoved');
    expect(release.platformDigest).toBe(digestOf('2'));
    expect(warnings).toContain(id);
  });

  it.each([
    ['no service', undefined, 'There is no service "shop" to look at'],
    [
      'no PRIMARY task set',
      codeDeployService([]),
      'Service "shop" has nothing that serves production',
    ],
  ])('refuses with %s, whatever the configuration only warns of', async (_, service, why) => {
    const { scene, warning, records, record, notifier } = prepare();
    scene.services.describeService = async () => service;
    await expect(warning('deployment-controller')).rejects.toMatchObject({
      name: 'PreflightRefused',
      message: `Preflight refused the release, whatever it only warns of: ${why}`,
    });
    expect(records.stored(outcomeKey)).toMatchObject({ outcome: 'refused' });
    expect(record().passed).toBe(false);
    expect(notifier.published).toHaveLength(1);
  });

  it('refuses with every NG, and records before it notifies', async () => {
    const { scene, run, record, records, notifier } = prepare();
    scene.images.removeTag('team/shop', 'v2');
    scene.roles.delete('app');
    await expect(run()).rejects.toMatchObject({
      name: 'PreflightRefused',
      message: expect.stringMatching(
        /^Preflight refused the release, 2 checks are not good: tag-unmoved: .*; roles-trusted: /,
      ),
      details: { checks: ['tag-unmoved', 'roles-trusted'] },
    });
    expect(records.stored(outcomeKey)).toMatchObject({
      outcome: 'refused',
      reason: record().sentence,
    });
    expect(record()).toMatchObject({ passed: false, notifiedAt: '2026-09-01T10:00:00.000Z' });
    expect(notifier.published).toHaveLength(1);
    expect(notifier.published[0]).toMatchObject({
      subject: 'Greengate: shop v2 refused',
      message: expect.stringContaining('remedy    Push tag v2 again'),
    });
  });

  it('notifies once for one run of the state, and again for a redrive', async () => {
    const { scene, run, notifier } = prepare();
    scene.images.removeTag('team/shop', 'v2');
    for (const redriveCount of [0, 0, 1])
      await expect(run(redriveCount)).rejects.toThrow('tag-unmoved');
    expect(notifier.published).toHaveLength(2);
  });

  it('refuses all the same when neither record nor notification can be written', async () => {
    const { scene, run, records, notifier, deps } = prepare();
    scene.images.removeTag('team/shop', 'v2');
    records.failure = new TransientAwsError('no bucket');
    notifier.failure = new TransientAwsError('no topic');
    await expect(run()).rejects.toMatchObject({ name: 'PreflightRefused' });
    const messages = deps.log.lines.map(({ message }) => message);
    expect(messages).toContain('record not written');
    expect(messages).toContain('notification not published');
  });

  it('asks to be tried again when AWS only did not answer, and records no outcome yet', async () => {
    const { deps, run, records, record, notifier } = prepare();
    const roles = {
      find: async () => {
        throw new TransientAwsError('iam:GetRole on role app failed for now: Rate exceeded');
      },
    };
    await expect(run(0, { ports: { ...deps.ports, roles } })).rejects.toMatchObject({
      name: 'TransientAwsError',
      message: expect.stringContaining('roles-trusted'),
    });
    expect(record().findings.find(({ check }) => check === 'roles-trusted')).toMatchObject({
      unanswered: true,
    });
    expect(records.stored(outcomeKey)).toBeUndefined();
    expect(notifier.published).toEqual([]);
  });

  it('does not wait for an answer where something else is wrong for good', async () => {
    const { deps, scene, run } = prepare();
    scene.images.removeTag('team/shop', 'v2');
    const roles = {
      find: async () => {
        throw new TransientAwsError('Rate exceeded');
      },
    };
    await expect(run(0, { ports: { ...deps.ports, roles } })).rejects.toMatchObject({
      name: 'PreflightRefused',
    });
  });

  it('refuses what it is not permitted to look at, and names the action', async () => {
    const { deps, run, record } = prepare();
    const roles = {
      find: async () => {
        throw new PermissionDeniedError('Not permitted to call iam:GetRole', {
          details: { action: 'iam:GetRole', resource: 'role app' },
        });
      },
    };
    await expect(run(0, { ports: { ...deps.ports, roles } })).rejects.toMatchObject({
      name: 'PreflightRefused',
    });
    expect(record().findings.find(({ check }) => check === 'roles-trusted')).toMatchObject({
      remedy: 'Allow iam:GetRole on role app to whoever runs preflight',
    });
  });

  it('lets an NG pass that the configuration only warns of', async () => {
    const { deps, scene, run } = prepare();
    scene.images.removeTag('team/shop', 'v2');
    const [service = serviceConfig()] = deps.config.services;
    const warnOnly = [...service.preflight.warnOnly, 'tag-unmoved'];
    const config = configOf({ ...service, preflight: { ...service.preflight, warnOnly } });
    const output = await run(0, { config });
    expect(output.warnings).toContain('tag-unmoved');
    expect(output.summary).toMatch(/\d WARN/);
  });

  it('records a service that the configuration does not know as failed', async () => {
    const { run, records } = prepare();
    const config = configOf(serviceConfig({ name: 'other' }));
    await expect(run(0, { config })).rejects.toMatchObject({ name: 'InvalidConfigError' });
    expect(records.stored(outcomeKey)).toMatchObject({ outcome: 'failed' });
  });
});
