import {
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  type ISecurityGroup,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface InterfaceEndpointsProps {
  readonly vpc: IVpc;
  readonly cidr: string;
  readonly taskSubnets: SubnetSelection;
}

/**
 * Services that are called from the private subnets. Tasks: images, logs, secrets and parameters (ECS guide, "Amazon ECS
 * interface VPC endpoints"); instances: the three of ECS. Hooks: what their permissions name, SendTaskSuccess and
 * notifications of approvals among them. A missing one is a call that hangs until CodeDeploy gives up on the hook.
 */
const services = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Ssm: InterfaceVpcEndpointAwsService.SSM,
  Ecs: InterfaceVpcEndpointAwsService.ECS,
  EcsAgent: InterfaceVpcEndpointAwsService.ECS_AGENT,
  EcsTelemetry: InterfaceVpcEndpointAwsService.ECS_TELEMETRY,
  CodeDeploy: InterfaceVpcEndpointAwsService.CODEDEPLOY,
  LoadBalancing: InterfaceVpcEndpointAwsService.ELASTIC_LOAD_BALANCING,
  Monitoring: InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
  States: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
  Sns: InterfaceVpcEndpointAwsService.SNS,
} as const;

export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, { vpc, cidr, taskSubnets }: InterfaceEndpointsProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints: HTTPS from the VPC',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(Peer.ipv4(cidr), Port.tcp(443), 'HTTPS from the VPC');
    for (const [name, service] of Object.entries(services)) {
      new InterfaceVpcEndpoint(this, name, {
        vpc,
        service,
        subnets: taskSubnets,
        privateDnsEnabled: true,
        open: false,
        securityGroups: [securityGroup as ISecurityGroup],
      });
    }
  }
}
