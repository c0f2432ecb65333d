import { App, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/**
 * What users of the CDK write: a pattern of aws-ecs-patterns, a CodeDeploy service of L2 constructs, and a stack
 * with another within it and with the CDK's own custom resources.
 */
export function synthesizeUserApp(outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false });
  pattern(new Stack(app, 'Pattern'));
  blueGreen(new Stack(app, 'BlueGreen'));
  extras(new Stack(app, 'Extras'));
  app.synth();
}

function extras(stack: Stack): void {
  new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: true });
  const nested = new NestedStack(stack, 'Nested');
  const queue = new sqs.Queue(nested, 'Queue');
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
}

function pattern(stack: Stack): void {
  const web = new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', {
    taskImageOptions: { image: ecs.ContainerImage.fromRegistry('nginx') },
    circuitBreaker: { rollback: true },
    minHealthyPercent: 100,
  });
  // Nothing can be pulled here, and the pattern insists on a task.
  (web.service.node.defaultChild as ecs.CfnService).desiredCount = 0;
  web.targetGroup.setAttribute('deregistration_delay.timeout_seconds', '30');
  const scaling = web.service.autoScaleTaskCount({ maxCapacity: 4 });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  scaling.scaleOnRequestCount('Requests', {
    requestsPerTarget: 100,
    targetGroup: web.targetGroup,
  });
}

function blueGreen(stack: Stack): void {
  // The CDK's own types are not exact about optional properties.
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }) as ec2.IVpc;
  const cluster = new ecs.Cluster(stack, 'Cluster', {
    vpc,
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
  }) as ecs.ICluster;
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', {
    image: ecs.ContainerImage.fromRegistry('nginx:1'),
    portMappings: [{ containerPort: 80 }],
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
  });
  const service = new ecs.FargateService(stack, 'Service', {
    cluster,
    taskDefinition,
    desiredCount: 0,
    minHealthyPercent: 100,
    deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },
  });
  const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', {
    vpc,
    internetFacing: true,
  });
  const group = (id: string) =>
    new elb.ApplicationTargetGroup(stack, id, { vpc, port: 80, targetType: elb.TargetType.IP });
  const [blueTargetGroup, greenTargetGroup] = [group('Blue'), group('Green')];
  service.attachToApplicationTargetGroup(blueTargetGroup);
  const listener = (id: string, port: number, target: elb.ApplicationTargetGroup) =>
    balancer.addListener(id, {
      port,
      protocol: elb.ApplicationProtocol.HTTP,
      defaultTargetGroups: [target],
    });
  const metric = balancer.metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT);
  new codedeploy.EcsDeploymentGroup(stack, 'Group', {
    service,
    blueGreenDeploymentConfig: {
      blueTargetGroup,
      greenTargetGroup,
      listener: listener('Listener', 80, blueTargetGroup),
      testListener: listener('TestListener', 8080, greenTargetGroup),
    },
    deploymentConfig: codedeploy.EcsDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms: [new cloudwatch.Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 1 })],
  });
}
