import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { cloudWatchAlarms } from '../../functions/adapters/cloudwatch-alarms.ts';
import { codeDeployDeployments } from '../../functions/adapters/codedeploy.ts';
import { ecrImageRegistry } from '../../functions/adapters/ecr-image-registry.ts';
import { ecsServices } from '../../functions/adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../../functions/adapters/ecs-task-definitions.ts';
import { elbv2LoadBalancing } from '../../functions/adapters/elbv2.ts';
import { s3Records } from '../../functions/adapters/s3-records.ts';
import { stepFunctionsWorkflow } from '../../functions/adapters/step-functions.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
});

afterAll(() => sample?.stop());

const options = () => clientOptions(sample.simulator);
const cluster = 'greengate-sample';

describe('adapters against the AWS protocols', () => {
  it('ECR: finds images by tag and digest, and reads an index without its attestation', async () => {
    // A tag that no route takes: nothing is to be deployed here.
    const { digest, platformDigest } = await pushWorkload(
      sample.simulator,
      'team/shop',
      'contract',
      {},
    );
    const images = ecrImageRegistry(new ECRClient(options()));
    const found = await images.findImage('team/shop', { tag: 'contract' });
    expect(found).toMatchObject({ digest, tags: ['contract'] });
    expect(found?.pushedAtMs).toBeLessThanOrEqual(sample.simulator.world.clock.now());
    expect(await images.findImage('team/shop', { digest })).toEqual(found);
    expect(await images.listTaggedImages('team/shop')).toEqual([found]);
    expect(await images.readManifest('team/shop', digest)).toEqual({
      kind: 'index',
      digest,
      children: [{ digest: platformDigest, platform: { os: 'linux', architecture: 'amd64' } }],
    });
    expect(await images.readManifest('team/shop', platformDigest)).toEqual({
      kind: 'image',
      digest: platformDigest,
      platform: { os: 'linux', architecture: 'amd64' },
    });
    expect(await images.findImage('team/shop', { tag: 'none' })).toBeUndefined();
    await expect(images.findImage('team/none', { tag: 'v1' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
    });
  });

  it('ECS: describes the service by its primary task set, and its tasks', async () => {
    const services = ecsServices(new ECSClient(options()));
    const service = await services.describeService(cluster, 'shop');
    expect(service).toMatchObject({
      deploymentController: 'CODE_DEPLOY',
      desiredCount: 2,
      loadBalancedContainer: { name: 'app', port: 8080 },
      primaryTaskSet: { status: 'PRIMARY', runningCount: 2, stabilityStatus: 'STEADY_STATE' },
    });
    const tasks = await services.listRunningTasks(cluster, 'shop');
    expect(tasks.map(({ startedBy }) => startedBy)).toEqual([
      service?.primaryTaskSet?.id,
      service?.primaryTaskSet?.id,
    ]);
    expect(tasks[0]?.containers[0]?.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await services.describeService(cluster, 'none')).toBeUndefined();
    expect(await services.describeService('none', 'shop')).toBeUndefined();
  });

  it('ECS: lists the newest revision first and describes it, tags beside it', async () => {
    const definitions = ecsTaskDefinitions(new ECSClient(options()));
    const [newest] = await definitions.listActiveRevisions('shop', 10);
    const described = await definitions.describe(newest ?? '');
    expect(described).toMatchObject({ arn: newest, document: { family: 'shop', cpu: '256' } });
    expect(described.document).not.toHaveProperty('tags');
  });

  it('CodeDeploy: reads the group, and knows no deployment that is not there', async () => {
    const deployments = codeDeployDeployments(new CodeDeployClient(options()));
    const group = await deployments.group('shop', 'shop');
    expect(group).toMatchObject({
      targetGroupNames: ['greengate-shop-blue', 'greengate-shop-green'],
      alarmNames: ['shop-5xx'],
    });
    expect(await deployments.get('d-UNKNOWN00')).toBeUndefined();
    expect(await deployments.list('shop', 'shop', 0)).toEqual([]);
    await expect(
      deployments.create({
        application: 'shop',
        deploymentGroup: 'shop',
        appSpec: 'not an AppSpec',
        description: 'contract',
      }),
    ).rejects.toMatchObject({ name: 'RequestRefusedError' });
  });

  it('ELBv2: tells host, port, weights and target health of the test listener', async () => {
    const { testListenerArn = '' } = await codeDeployDeployments(
      new CodeDeployClient(options()),
    ).group('shop', 'shop');
    const balancing = elbv2LoadBalancing(new ElasticLoadBalancingV2Client(options()));
    const [blue] = await balancing.targetGroups(['greengate-shop-blue']);
    const listener = await balancing.listener(testListenerArn);
    expect(listener).toMatchObject({ protocol: 'HTTP', port: 8080 });
    expect(listener.host).toMatch(/^greengate-sample-\d+\.us-east-1\.elb\.amazonaws\.com$/);
    expect(listener.forwardings[0]?.weights).toEqual({ [blue?.arn ?? '']: 1 });
    const health = await balancing.targetHealth(blue?.arn ?? '');
    expect(health.map(({ state }) => state)).toEqual(['healthy', 'healthy']);
  });

  it('CloudWatch: leaves out alarms that do not exist', async () => {
    const alarms = cloudWatchAlarms(new CloudWatchClient(options()));
    expect(await alarms.states(['shop-5xx', 'none'])).toEqual([{ name: 'shop-5xx', state: 'OK' }]);
  });

  it('S3: gives back what was written, and undefined for what was not', async () => {
    const [bucket] =
      sample.simulator.models.cloudformation
        .find('GreengateController')
        ?.outputs.filter(({ key }) => key === 'RecordsBucketName') ?? [];
    const records = s3Records(new S3Client(options()), bucket?.value ?? '');
    expect(await records.read('contract/none.json')).toBeUndefined();
    await records.write('contract/한글 #1.json', { text: 'ok', nested: [1, null] });
    expect(await records.read('contract/한글 #1.json')).toEqual({ text: 'ok', nested: [1, null] });
    expect(await records.list('contract/')).toEqual(['contract/한글 #1.json']);
  });

  it('S3: of two writers at the same moment one has written', async () => {
    const outputs = sample.simulator.models.cloudformation.find('GreengateController')?.outputs;
    const bucket = outputs?.find(({ key }) => key === 'RecordsBucketName')?.value ?? '';
    const records = s3Records(new S3Client(options()), bucket);
    const key = 'deployments/d-CLAIM/notification.json';

    const first = await Promise.all(
      [1, 2, 3].map((writer) => records.writeUnlessChanged(key, { writer }, undefined)),
    );
    expect(first.toSorted()).toEqual(['changed', 'changed', 'written']);

    const found = await records.readVersion(key);
    expect(found?.document).toEqual({ writer: first.indexOf('written') + 1 });
    const next = await Promise.all(
      [4, 5].map((writer) => records.writeUnlessChanged(key, { writer }, found?.version)),
    );
    expect(next.toSorted()).toEqual(['changed', 'written']);
    await expect(records.writeUnlessChanged('absent.json', {}, found?.version)).resolves.toBe(
      'changed',
    );
  });

  it('Step Functions: starts a name once, and finds an unknown token gone', async () => {
    const workflow = stepFunctionsWorkflow(new SFNClient(options()), sample.stateMachineArn);
    const request = { name: 'contract-1', input: { service: 'none' } };
    expect(await workflow.startExecution(request)).toBe('started');
    await sample.watcher.entry('execution.ended', 0, () => true);
    expect(await workflow.startExecution(request)).toBe('already-started');
    const failure = { error: 'E', cause: 'c' };
    expect(await workflow.sendTaskFailure('nonsense', failure)).toBe('gone');
  });
});
