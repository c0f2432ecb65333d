import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmMemoryMs } from '../../cli/rehearsal/rehearsal.ts';
import { type Synthesized, synthesize } from './synthesized.ts';
import { actionsOf, statementsOf } from './template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

describe('GreengateSampleService', () => {
  it('points both listeners at the same target group, as CodeDeploy demands before a deployment', () => {
    const listeners = synthesized.sample.ofType('AWS::ElasticLoadBalancingV2::Listener');
    const forwards = {
      Type: 'forward',
      TargetGroupArn: { Ref: expect.stringMatching(/^BalancingBlue/) },
    };
    expect(listeners.map(({ properties }) => properties)).toMatchObject([
      { Port: 80, Protocol: 'HTTP', DefaultActions: [forwards] },
      { Port: 8080, Protocol: 'HTTP', DefaultActions: [forwards] },
    ]);
  });

  it('lets the world reach the production port, and the test port from the NAT address alone', () => {
    const { properties } = synthesized.sample.one('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Production listener from anywhere, test listener from the hooks',
    });
    expect(properties.SecurityGroupIngress).toMatchObject([
      { CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 80 },
      {
        CidrIp: {
          'Fn::Join': [
            '/',
            [{ 'Fn::GetAtt': [expect.stringMatching(/^NetworkEgressAddress/), 'PublicIp'] }, '32'],
          ],
        },
        FromPort: 8080,
        ToPort: 8080,
      },
    ]);
  });

  it('rolls back on failure, alarm and request, and stops when alarms cannot be read', () => {
    expect(synthesized.sample.one('AWS::CodeDeploy::DeploymentGroup').properties).toMatchObject({
      ApplicationName: { Ref: expect.stringMatching(/^DeploymentsApplication/) },
      DeploymentGroupName: 'shop',
      DeploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      AlarmConfiguration: { Enabled: true, IgnorePollAlarmFailure: false },
      BlueGreenDeploymentConfiguration: {
        DeploymentReadyOption: { ActionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        TerminateBlueInstancesOnDeploymentSuccess: {
          Action: 'TERMINATE',
          TerminationWaitTimeInMinutes: 5,
        },
      },
    });
  });

  it('checks health often and drains quickly', () => {
    for (const { properties } of synthesized.sample.ofType(
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    )) {
      expect(properties).toMatchObject({
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 10,
        TargetGroupAttributes: expect.arrayContaining([
          { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
        ]),
      });
    }
  });

  it('runs two private x86 tasks under CODE_DEPLOY, named by family so that no stack update moves traffic', () => {
    expect(synthesized.sample.one('AWS::ECS::Service').properties).toMatchObject({
      ServiceName: 'shop',
      DesiredCount: 2,
      DeploymentController: { Type: 'CODE_DEPLOY' },
      TaskDefinition: 'shop',
      HealthCheckGracePeriodSeconds: 60,
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
    expect(synthesized.sample.one('AWS::ECS::TaskDefinition').properties).toMatchObject({
      Family: 'shop',
      Cpu: '256',
      Memory: '512',
      RuntimePlatform: { CpuArchitecture: 'X86_64' },
      ContainerDefinitions: [
        { Name: 'app', PortMappings: [{ ContainerPort: 8080 }], ReadonlyRootFilesystem: true },
      ],
    });
  });

  it('has an alarm that forgets within the pause of a rolling rehearsal what came before', () => {
    const { Period, EvaluationPeriods } =
      synthesized.sample.one('AWS::CloudWatch::Alarm').properties;
    const periods = Number(EvaluationPeriods) + 1;
    expect(Number(Period) * periods * 1_000).toBeLessThan(alarmMemoryMs);
  });

  it('alarms on the load balancer and takes silence for health', () => {
    expect(synthesized.sample.one('AWS::CloudWatch::Alarm').properties).toMatchObject({
      AlarmName: 'shop-5xx',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer' }],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 10,
      TreatMissingData: 'notBreaching',
    });
  });
});

describe('the service role of CodeDeploy', () => {
  const serviceRole = () =>
    synthesized.sample.one('AWS::IAM::Role', {
      Description: 'CodeDeploy: shifts traffic of the sample service',
    });

  it('may do what shifting ECS traffic takes, with hooks but without topics or buckets', () => {
    expect(actionsOf(serviceRole())).toEqual([
      'cloudwatch:DescribeAlarms',
      'ecs:CreateTaskSet',
      'ecs:DeleteTaskSet',
      'ecs:DescribeServices',
      'ecs:UpdateServicePrimaryTaskSet',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:ModifyListener',
      'elasticloadbalancing:ModifyRule',
      'iam:PassRole',
      'lambda:InvokeFunction',
    ]);
  });

  it('invokes our hooks and passes the two roles of the task only', () => {
    const resources = (action: string) =>
      statementsOf(serviceRole()).find(({ actions }) => actions.includes(action))?.resources;
    expect(JSON.stringify(resources('lambda:InvokeFunction'))).toContain(
      ':function:CodeDeployHook_Greengate_*"',
    );
    const passed = resources('iam:PassRole')?.map((arn) =>
      synthesized.sample.byId((arn as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0]),
    );
    expect(passed?.map(({ properties }) => properties.Description)).toEqual([
      'Pulls images and writes logs for the tasks',
      'The sample application: no permission on anything',
    ]);
  });

  it('trusts CodeDeploy of this account', () => {
    expect(serviceRole().properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'codedeploy.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });
});
