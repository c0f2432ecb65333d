import { AcmModel } from './acm/model.ts';
import { acmResources } from './acm/resources.ts';
import { acmWire } from './acm/wire.ts';
import { ApplicationAutoScalingModel } from './application-autoscaling/model.ts';
import { applicationAutoScalingResources } from './application-autoscaling/resources.ts';
import { applicationAutoScalingWire } from './application-autoscaling/wire.ts';
import { customResources } from './cloudformation/custom-resources/resources.ts';
import { CloudFormationModel } from './cloudformation/model.ts';
import { nestedStacks } from './cloudformation/nested-stacks.ts';
import { recordResources } from './cloudformation/record-resources.ts';
import type { ResourceProviders } from './cloudformation/resource-provider.ts';
import { serviceApi } from './cloudformation/service-api.ts';
import { StackEngine } from './cloudformation/stack-engine.ts';
import { bootstrapParameters } from './cloudformation/stack-loader.ts';
import { cloudFormationWire } from './cloudformation/wire.ts';
import { CloudWatchModel } from './cloudwatch/model.ts';
import { cloudwatchResources } from './cloudwatch/resources.ts';
import { cloudwatchWire } from './cloudwatch/wire.ts';
import { CodeDeployModel } from './codedeploy/model.ts';
import { codedeployResources } from './codedeploy/resources.ts';
import { codedeployWire } from './codedeploy/wire.ts';
import type { World } from './core/world.ts';
import type { InterfaceHolders } from './ec2/interfaces.ts';
import { Ec2Model } from './ec2/model.ts';
import { ec2Resources } from './ec2/resources.ts';
import { withDefaultVpc } from './ec2/vpcs.ts';
import { ec2Wire } from './ec2/wire.ts';
import { EcrModel } from './ecr/model.ts';
import { ecrResources } from './ecr/resources.ts';
import { ecrWire } from './ecr/wire.ts';
import { EcsModel } from './ecs/model.ts';
import { ecsResources } from './ecs/resources.ts';
import { ecsWire } from './ecs/wire.ts';
import { Elbv2Model } from './elbv2/model.ts';
import { elbv2Resources } from './elbv2/resources.ts';
import { elbv2Wire } from './elbv2/wire.ts';
import { EventsModel } from './events/model.ts';
import { eventsResources } from './events/resources.ts';
import { eventsWire } from './events/wire.ts';
import { IamModel } from './iam/model.ts';
import { iamResources } from './iam/resources.ts';
import { iamWire } from './iam/wire.ts';
import { LambdaModel } from './lambda/model.ts';
import { lambdaResources } from './lambda/resources.ts';
import { lambdaWire } from './lambda/wire.ts';
import { LogsModel } from './logs/model.ts';
import { logsResources } from './logs/resources.ts';
import { logsWire } from './logs/wire.ts';
import { S3Model } from './s3/model.ts';
import { s3Resources } from './s3/resources.ts';
import { s3Wire } from './s3/wire.ts';
import { SecretsManagerModel } from './secretsmanager/model.ts';
import { secretsManagerResources } from './secretsmanager/resources.ts';
import { secretsManagerWire } from './secretsmanager/wire.ts';
import { ServiceDiscoveryModel } from './servicediscovery/model.ts';
import { serviceDiscoveryResources } from './servicediscovery/resources.ts';
import { serviceDiscoveryWire } from './servicediscovery/wire.ts';
import { SnsModel } from './sns/model.ts';
import { snsResources } from './sns/resources.ts';
import { snsWire } from './sns/wire.ts';
import { SqsModel } from './sqs/model.ts';
import { sqsResources } from './sqs/resources.ts';
import { sqsWire } from './sqs/wire.ts';
import { SsmModel } from './ssm/model.ts';
import { ssmResources } from './ssm/resources.ts';
import { ssmWire } from './ssm/wire.ts';
import { StatesModel } from './states/model.ts';
import { statesResources } from './states/resources.ts';
import { statesWire } from './states/wire.ts';
import { stsWire } from './sts/wire.ts';
import type { WireService } from './wire/operation.ts';

/** Every simulated service of one world. */
export interface Models {
  readonly acm: AcmModel;
  readonly applicationautoscaling: ApplicationAutoScalingModel;
  readonly cloudformation: CloudFormationModel;
  readonly cloudwatch: CloudWatchModel;
  readonly codedeploy: CodeDeployModel;
  readonly ec2: Ec2Model;
  readonly ecr: EcrModel;
  readonly ecs: EcsModel;
  readonly elbv2: Elbv2Model;
  readonly events: EventsModel;
  readonly iam: IamModel;
  readonly lambda: LambdaModel;
  readonly logs: LogsModel;
  readonly s3: S3Model;
  readonly secretsmanager: SecretsManagerModel;
  readonly servicediscovery: ServiceDiscoveryModel;
  readonly sns: SnsModel;
  readonly sqs: SqsModel;
  readonly ssm: SsmModel;
  readonly states: StatesModel;
}

export function buildModels(world: World): Models {
  return {
    acm: new AcmModel(world),
    applicationautoscaling: new ApplicationAutoScalingModel(world),
    cloudformation: new CloudFormationModel(world),
    cloudwatch: new CloudWatchModel(world),
    codedeploy: new CodeDeployModel(world),
    ec2: withDefaultVpc(new Ec2Model(world), world.identity.region),
    ecr: new EcrModel(world),
    ecs: new EcsModel(world),
    elbv2: new Elbv2Model(world),
    events: new EventsModel(world),
    iam: new IamModel(world),
    lambda: new LambdaModel(world),
    logs: new LogsModel(world),
    s3: new S3Model(world),
    secretsmanager: new SecretsManagerModel(world),
    servicediscovery: new ServiceDiscoveryModel(world),
    sns: new SnsModel(world),
    sqs: new SqsModel(world),
    ssm: new SsmModel(world),
    states: new StatesModel(world),
  };
}

/** What AWS clients can call. */
export function wireServices(models: Models, world: World): WireService[] {
  return [
    acmWire(models.acm, world),
    applicationAutoScalingWire(models.applicationautoscaling),
    cloudFormationWire(models.cloudformation, stackEngine(models, world)),
    cloudwatchWire(models.cloudwatch, world),
    codedeployWire(models.codedeploy, world),
    ec2Wire(models.ec2, world, interfaceHolders(models)),
    ecrWire(models.ecr, world),
    ecsWire(models.ecs, world),
    elbv2Wire(models.elbv2, world),
    eventsWire(models.events, world),
    iamWire(models.iam),
    lambdaWire(models.lambda, world),
    logsWire(models.logs, world),
    s3Wire(models.s3, world),
    secretsManagerWire(models.secretsmanager, world),
    serviceDiscoveryWire(models.servicediscovery, world),
    snsWire(models.sns, world),
    sqsWire(models.sqs, world),
    ssmWire(models.ssm),
    statesWire(models.states, world),
    stsWire(models.iam, world),
  ];
}

/** Whose network interfaces are in the subnets. */
function interfaceHolders({ ecs, elbv2 }: Models): InterfaceHolders {
  return {
    tasks: () => ecs.networkInterfaces(),
    balancers: () => elbv2.loadBalancers.all(),
  };
}

function stackEngine(
  models: Models,
  world: World,
  providers = resourceProviders(models, world),
  resourceMs?: number,
): StackEngine {
  return new StackEngine({
    model: models.cloudformation,
    providers,
    ssmParameters: () => ({ ...bootstrapParameters, ...models.ssm.templateValues() }),
    ...(resourceMs !== undefined && { resourceMs }),
  });
}

/** What templates can declare. */
export function resourceProviders(models: Models, world: World): ResourceProviders {
  const providers: ResourceProviders = {
    ...recordResources(),
    ...nestedStacks(models.cloudformation, (resourceMs) =>
      stackEngine(models, world, providers, resourceMs),
    ),
    ...customResources({
      model: models.cloudformation,
      world,
      authority: models.acm.authority,
      lambda: serviceApi(() => lambdaWire(models.lambda, world)),
      sns: serviceApi(() => snsWire(models.sns, world)),
    }),
    ...acmResources(models.acm),
    ...applicationAutoScalingResources(models.applicationautoscaling),
    ...cloudwatchResources(models.cloudwatch, world),
    ...codedeployResources(models.codedeploy, world),
    ...ec2Resources(models.ec2, world, interfaceHolders(models)),
    ...ecrResources(models.ecr, world),
    ...ecsResources(models.ecs, world),
    ...elbv2Resources(models.elbv2, world),
    ...eventsResources(models.events, world),
    ...iamResources(models.iam),
    ...lambdaResources(models.lambda, world),
    ...logsResources(models.logs, world),
    ...s3Resources(models.s3, world),
    ...secretsManagerResources(models.secretsmanager, world),
    ...serviceDiscoveryResources(models.servicediscovery, world),
    ...snsResources(models.sns, world),
    ...sqsResources(models.sqs, world),
    ...ssmResources(models.ssm),
    ...statesResources(models.states, world),
  };
  return providers;
}
