import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { applicationAutoScaling } from '../../../functions/adapters/application-auto-scaling.ts';
import { cloudWatchAlarmSettings } from '../../../functions/adapters/cloudwatch-alarm-settings.ts';
import { codeDeployGroups } from '../../../functions/adapters/codedeploy-groups.ts';
import { ecsContainerInstances } from '../../../functions/adapters/ecs-container-instances.ts';
import { elbv2Inspection } from '../../../functions/adapters/elbv2-inspection.ts';
import { type ScriptedCommand, scriptClient, sdkError } from '../../support/scripted-client.ts';

const region = 'eu-central-1';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const settings = { region, credentials };

describe('codeDeployGroups', () => {
  function groups(answer: (command: ScriptedCommand) => object | Error) {
    const client = new CodeDeployClient(settings);
    const commands = scriptClient(client, answer);
    return { commands, groups: codeDeployGroups(client) };
  }

  it('reads what decides how a deployment goes', async () => {
    const deploymentGroupInfo = {
      deploymentConfigName: 'slow',
      serviceRoleArn: 'arn:role',
      ecsServices: [
        { clusterName: 'arn:aws:ecs:eu-central-1:1:cluster/prod', serviceName: 'shop' },
      ],
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
      alarmConfiguration: { enabled: true, alarms: [{ name: 'a' }] },
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [{ name: 'blue' }, { name: 'green' }],
            prodTrafficRoute: { listenerArns: ['arn:production'] },
            testTrafficRoute: { listenerArns: ['arn:test'] },
          },
        ],
      },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 30 },
        terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 5 },
      },
    };
    const { groups: read, commands } = groups(() => ({ deploymentGroupInfo }));
    expect(await read.settings('app', 'group')).toEqual({
      deploymentConfigName: 'slow',
      serviceRoleArn: 'arn:role',
      ecsService: { cluster: 'prod', service: 'shop' },
      targetGroupNames: ['blue', 'green'],
      productionListenerArn: 'arn:production',
      testListenerArn: 'arn:test',
      rollbackEvents: ['DEPLOYMENT_FAILURE'],
      alarmNames: ['a'],
      switchedOffAlarmNames: [],
      readyWaitMinutes: 30,
      terminationWaitMinutes: 5,
    });
    expect(commands[0]?.input).toEqual({ applicationName: 'app', deploymentGroupName: 'group' });
  });

  it('takes what is switched off for absent', async () => {
    const deploymentGroupInfo = {
      autoRollbackConfiguration: { enabled: false, events: ['DEPLOYMENT_FAILURE'] },
      alarmConfiguration: { enabled: false, alarms: [{ name: 'a' }] },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 30 },
      },
    };
    const { groups: read } = groups(() => ({ deploymentGroupInfo }));
    expect(await read.settings('app', 'group')).toMatchObject({
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      rollbackEvents: [],
      alarmNames: [],
      switchedOffAlarmNames: ['a'],
      readyWaitMinutes: 0,
      terminationWaitMinutes: 0,
      testListenerArn: undefined,
      ecsService: undefined,
    });
  });

  it.each(['ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException'])(
    'knows no group after %s',
    async (name) => {
      const { groups: read } = groups(() => sdkError(name));
      expect(await read.settings('app', 'group')).toBeUndefined();
    },
  );

  it('lets other errors out', async () => {
    const { groups: read } = groups(() => sdkError('AccessDeniedException', 'no', 403));
    await expect(read.settings('app', 'group')).rejects.toMatchObject({
      name: 'PermissionDeniedError',
      details: { action: 'codedeploy:GetDeploymentGroup', resource: 'app/group' },
    });
  });

  it.each([
    [{}, { type: 'AllAtOnce' }],
    [
      { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 } },
      { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 },
    ],
    [
      { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 20, linearInterval: 1 } },
      { type: 'TimeBasedLinear', percentage: 20, intervalMinutes: 1 },
    ],
  ])('reads the shift %j', async (trafficRoutingConfig, shift) => {
    const { groups: read } = groups(() => ({ deploymentConfigInfo: { trafficRoutingConfig } }));
    expect(await read.shift('slow')).toEqual(shift);
  });

  it('refuses a way to shift that it does not know', async () => {
    const trafficRoutingConfig = { type: 'ByMoon' };
    const { groups: read } = groups(() => ({ deploymentConfigInfo: { trafficRoutingConfig } }));
    await expect(read.shift('odd')).rejects.toThrow('"odd" routes traffic by ByMoon');
  });
});

describe('elbv2Inspection', () => {
  function inspection(answer: (command: ScriptedCommand) => object | Error) {
    const client = new ElasticLoadBalancingV2Client(settings);
    scriptClient(client, answer);
    return elbv2Inspection(client);
  }

  it('names the default rule after its listener and leaves other actions out', async () => {
    const groups = (weight: number, stickiness?: object) => ({
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [{ TargetGroupArn: 'arn:blue', Weight: weight }],
        ...(stickiness && { TargetGroupStickinessConfig: stickiness }),
      },
    });
    const Rules = [
      { RuleArn: 'arn:rule/1', Actions: [groups(1, { Enabled: true, DurationSeconds: 60 })] },
      { RuleArn: 'arn:rule/2', Actions: [{ Type: 'redirect' }] },
      {
        RuleArn: 'arn:rule/default',
        IsDefault: true,
        Actions: [groups(100, { Enabled: false, DurationSeconds: 60 })],
      },
    ];
    expect(await inspection(() => ({ Rules })).forwardings('arn:listener')).toEqual([
      { arn: 'arn:rule/1', weights: { 'arn:blue': 1 }, stickinessSeconds: 60 },
      { arn: 'arn:listener', weights: { 'arn:blue': 100 }, stickinessSeconds: 0 },
    ]);
  });

  it('gives listeners in the order asked for, and none after ListenerNotFound', async () => {
    const listener = (arn: string, Port: number) => ({
      ListenerArn: arn,
      LoadBalancerArn: 'arn:lb',
      Port,
    });
    const Listeners = [listener('arn:b', 8080), listener('arn:a', 80)];
    const found = await inspection(() => ({ Listeners })).listeners(['arn:a', 'arn:b']);
    expect(found.map(({ port }) => port)).toEqual([80, 8080]);
    const gone = inspection(() => sdkError('ListenerNotFoundException'));
    expect(await gone.listeners(['arn:a'])).toEqual([]);
  });

  it('finds what is left when ELBv2 refuses a list because of one that is gone', async () => {
    const only = (member: string, known: string, name: string) =>
      inspection(({ input }) => {
        const asked = JSON.stringify(input);
        return asked.includes('gone')
          ? sdkError(name)
          : { [member]: [{ ListenerArn: known, TargetGroupName: known, Port: 80 }] };
      });
    const listeners = only('Listeners', 'arn:a', 'ListenerNotFoundException');
    expect(await listeners.listeners(['arn:a', 'arn:gone'])).toEqual([
      { arn: 'arn:a', loadBalancerArn: '', protocol: '', port: 80 },
    ]);
    const groups = only('TargetGroups', 'blue', 'TargetGroupNotFoundException');
    expect((await groups.targetGroups(['gone', 'blue'])).map(({ name }) => name)).toEqual(['blue']);
  });

  it('reads load balancer, groups and delay, and says what is not there', async () => {
    const balancer = {
      DNSName: 'shop.elb.test',
      Scheme: 'internal',
      VpcId: 'vpc-1',
      AvailabilityZones: [{ SubnetId: 's' }],
    };
    const read = inspection(({ operation }) =>
      operation === 'DescribeLoadBalancers'
        ? { LoadBalancers: [balancer] }
        : { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '7' }] },
    );
    expect(await read.loadBalancer('arn:lb')).toEqual({
      arn: 'arn:lb',
      host: 'shop.elb.test',
      type: 'application',
      scheme: 'internal',
      vpcId: 'vpc-1',
      subnetIds: ['s'],
      securityGroupIds: [],
    });
    expect(await read.deregistrationDelaySeconds('arn:tg')).toBe(7);
    const empty = inspection(() => ({}));
    expect(await empty.deregistrationDelaySeconds('arn:tg')).toBe(300);
    const noBalancer = inspection(() => sdkError('LoadBalancerNotFoundException'));
    expect(await noBalancer.loadBalancer('arn:lb')).toBeUndefined();
    const noGroup = inspection(() => sdkError('TargetGroupNotFoundException'));
    expect(await noGroup.targetGroups(['blue'])).toEqual([]);
    expect(await inspection(() => sdkError('Unasked')).targetGroups([])).toEqual([]);
  });
});

describe('cloudWatchAlarmSettings', () => {
  it('reads missing data of metric alarms, and none of composite ones', async () => {
    const client = new CloudWatchClient(settings);
    const commands = scriptClient(client, () => ({
      MetricAlarms: [
        { AlarmName: 'a', StateValue: 'OK', TreatMissingData: 'breaching' },
        { AlarmName: 'b', StateValue: 'ALARM' },
      ],
      CompositeAlarms: [{ AlarmName: 'c', StateValue: 'OK' }],
    }));
    const alarms = cloudWatchAlarmSettings(client);
    expect(await alarms.describe(['a', 'b', 'c'])).toEqual([
      { name: 'a', state: 'OK', missingData: 'breaching' },
      { name: 'b', state: 'ALARM', missingData: 'missing' },
      { name: 'c', state: 'OK', missingData: undefined },
    ]);
    expect(await alarms.describe([])).toEqual([]);
    expect(commands).toHaveLength(1);
  });
});

describe('applicationAutoScaling', () => {
  it('reads the target with its policies, and neither without a target', async () => {
    const client = new ApplicationAutoScalingClient(settings);
    let targets: object[] = [
      { MinCapacity: 1, MaxCapacity: 4, SuspendedState: { DynamicScalingInSuspended: true } },
    ];
    const commands = scriptClient(client, ({ operation }) =>
      operation === 'DescribeScalableTargets'
        ? { ScalableTargets: targets }
        : { ScalingPolicies: [{ PolicyName: 'cpu' }] },
    );
    const scaling = applicationAutoScaling(client);
    expect(await scaling.ofService('prod', 'shop')).toEqual({
      minTasks: 1,
      maxTasks: 4,
      suspended: { scalingIn: true, scalingOut: false, scheduled: false },
      policyNames: ['cpu'],
    });
    expect(commands[0]?.input.ResourceIds).toEqual(['service/prod/shop']);
    targets = [];
    expect(await scaling.ofService('prod', 'shop')).toBeUndefined();
    expect(commands).toHaveLength(3);
  });
});

describe('ecsContainerInstances', () => {
  it('reads what is left on connected instances, a hundred at a time', async () => {
    const client = new ECSClient(settings);
    const arns = Array.from({ length: 101 }, (_, at) => `arn:instance/${at}`);
    const commands = scriptClient(client, ({ operation, input }) =>
      operation === 'ListContainerInstances'
        ? { containerInstanceArns: arns }
        : {
            containerInstances: [input.containerInstances].flat().map((arn) => ({
              ec2InstanceId: String(arn).replace('arn:instance/', 'i-'),
              agentConnected: arn !== 'arn:instance/1',
              remainingResources: [
                { name: 'CPU', integerValue: 512 },
                { name: 'MEMORY', integerValue: 900 },
              ],
            })),
          },
    );
    const instances = await ecsContainerInstances(client).list('prod');
    expect(instances).toHaveLength(100);
    expect(instances[0]).toEqual({ id: 'i-0', freeCpu: 512, freeMemoryMib: 900 });
    expect(instances.map(({ id }) => id)).not.toContain('i-1');
    expect(commands.map(({ operation }) => operation)).toEqual([
      'ListContainerInstances',
      'DescribeContainerInstances',
      'DescribeContainerInstances',
    ]);
  });
});
