import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from '../ecs-wire.ts';
import { crashSource, RollingFixture } from './rolling-fixture.ts';
import { networkConfiguration, refused, rollingRequests } from './rolling-requests.ts';

let ecs: EcsWire<RollingFixture>;
let fixture: RollingFixture;
beforeEach(async () => {
  fixture = new RollingFixture();
  ecs = await EcsWire.over(fixture);
});
afterEach(() => ecs.stop());

const { completed, create, listed, update } = rollingRequests(() => ecs);

describe('service deployments over the API', () => {
  it('tell the story of a rollout with its revisions and digests', async () => {
    const { service: created } = await create();
    expect(created?.currentServiceDeployment).toMatch(
      /^arn:aws:ecs:eu-west-1:111122223333:service-deployment\/sample\/shop\/[\w-]{21}$/,
    );
    const arn = created?.currentServiceDeployment ?? '';
    expect(await listed()).toEqual(['PENDING']);
    const [service] = fixture.model.services.all();
    if (!service) throw new Error('No service was created');
    await fixture.reached(service, 'COMPLETED');
    const { serviceDeployments, failures } = await ecs.client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn, `${arn}x`] }),
    );
    const revisionArn = serviceDeployments?.[0]?.targetServiceRevision?.arn ?? '';
    expect(serviceDeployments).toEqual([
      {
        serviceDeploymentArn: arn,
        serviceArn: service.arn,
        clusterArn: service.cluster.arn,
        createdAt: expect.any(Date),
        startedAt: expect.any(Date),
        finishedAt: expect.any(Date),
        updatedAt: expect.any(Date),
        sourceServiceRevisions: [],
        targetServiceRevision: {
          arn: expect.stringMatching(/:service-revision\/sample\/shop\/\d{19}$/),
          requestedTaskCount: 1,
          runningTaskCount: 1,
          pendingTaskCount: 0,
        },
        status: 'SUCCESSFUL',
        deploymentConfiguration: service.settings.deploymentConfiguration,
        deploymentCircuitBreaker: { status: 'DISABLED' },
        alarms: { status: 'DISABLED' },
      },
    ]);
    expect(failures).toEqual([{ arn: `${arn}x`, reason: 'MISSING' }]);
    const { serviceRevisions } = await ecs.client.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revisionArn] }),
    );
    expect(serviceRevisions).toMatchObject([
      {
        serviceRevisionArn: revisionArn,
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        networkConfiguration,
        containerImages: [
          {
            containerName: 'app',
            image: expect.stringMatching(/team\/shop:v1$/),
            imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          },
        ],
        guardDutyEnabled: false,
      },
    ]);
  });

  it('are stopped by a rollback, which itself goes on when it is stopped again', async () => {
    const service = await completed();
    const good = fixture.primary(service).revision;
    await update({ taskDefinition: fixture.version('v2', crashSource) });
    const { serviceDeployment } = fixture.primary(service);
    const stop = () =>
      ecs.client.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn: serviceDeployment.arn }),
      );
    expect(await stop()).toMatchObject({ serviceDeploymentArn: serviceDeployment.arn });
    expect(await listed()).toEqual(['ROLLBACK_REQUESTED', 'SUCCESSFUL']);
    await stop();
    await fixture.reached(service, 'COMPLETED');
    expect(await listed()).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']);
    expect(fixture.primary(service).revision).toBe(good);
    await expect(stop()).rejects.toMatchObject(
      refused('ConflictException', 'cannot be stopped because it is ROLLBACK_SUCCESSFUL'),
    );
  });

  it('cannot be rolled back to nothing, aborted, or stopped when unknown', async () => {
    const { service } = await create();
    const serviceDeploymentArn = service?.currentServiceDeployment;
    const stop = (more: object) =>
      ecs.client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, ...more }));
    await expect(stop({})).rejects.toMatchObject(
      refused('ConflictException', 'no earlier one completed'),
    );
    await expect(stop({ stopType: 'ABORT' })).rejects.toMatchObject(
      refused('UnsupportedFeatureException', 'stopType ABORT'),
    );
    await expect(stop({ serviceDeploymentArn: `${serviceDeploymentArn}x` })).rejects.toMatchObject(
      refused('ServiceDeploymentNotFoundException', 'not found'),
    );
  });

  it('are listed by status, time and page', async () => {
    const service = await completed();
    await update({ forceNewDeployment: true });
    const list = (more: object) =>
      ecs.client.send(
        new ListServiceDeploymentsCommand({ cluster: 'sample', service: service.name, ...more }),
      );
    expect((await list({ status: ['SUCCESSFUL'] })).serviceDeployments).toHaveLength(1);
    const now = new Date(fixture.world.clock.now() + 60_000);
    expect((await list({ createdAt: { after: now } })).serviceDeployments).toEqual([]);
    const first = await list({ maxResults: 1 });
    const second = await list({ maxResults: 1, nextToken: first.nextToken });
    expect([first, second].map((page) => page.serviceDeployments?.[0]?.status)).toEqual([
      'PENDING',
      'SUCCESSFUL',
    ]);
    expect(second.nextToken).toBeUndefined();
  });
});
