import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  NatProvider,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { sample } from '../names.ts';
import { permittedRole } from '../permissions/permitted-role.ts';

/**
 * VPC over two zones with one NAT gateway (some US$ 33 a month, the price of the whole arrangement): tasks
 * stay private, and everything in here, the hooks included, leaves through one known address. That address
 * is the only one the test listener admits. Hooks outside a VPC have no fixed address, so without it the
 * unproven replacement would have to be open to the world.
 */
export class SampleNetwork extends Construct {
  readonly vpc: IVpc;
  readonly loadBalancerSecurityGroup: SecurityGroup;
  readonly taskSecurityGroup: SecurityGroup;
  readonly hookSecurityGroup: SecurityGroup;
  readonly taskSubnets: SubnetSelection = { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
  /** What must exist before anything in the private subnets can reach AWS. */
  readonly egress: IDependable;

  constructor(
    scope: Construct,
    id: string,
    { hasTestListener }: { readonly hasTestListener: boolean },
  ) {
    super(scope, id);
    const address = new CfnEIP(this, 'EgressAddress', { domain: 'vpc' });
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 1,
      natGatewayProvider: NatProvider.gateway({ eipAllocationIds: [address.attrAllocationId] }),
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      ],
      // The alternative is a Lambda-backed custom resource; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
      // Image layers come from S3: through the gateway endpoint they cost no NAT traffic.
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    // CDK's classes do not satisfy their own interfaces under exactOptionalPropertyTypes.
    this.vpc = vpc as IVpc;
    this.egress = vpc.selectSubnets(this.taskSubnets).internetConnectivityEstablished;
    this.#logRejectedTraffic();

    this.loadBalancerSecurityGroup = this.#securityGroup(
      'LoadBalancerSecurityGroup',
      'Production listener from anywhere, test listener from the hooks',
    );
    this.loadBalancerSecurityGroup.addIngressRule(
      Peer.anyIpv4(),
      Port.tcp(sample.productionPort),
      'Production listener: clients',
    );
    if (hasTestListener) {
      this.loadBalancerSecurityGroup.addIngressRule(
        Peer.ipv4(Fn.join('/', [address.attrPublicIp, '32'])),
        Port.tcp(sample.testPort),
        'Test listener: lifecycle hooks, by the address of the NAT gateway',
      );
    }
    acknowledge(this.loadBalancerSecurityGroup, {
      'AwsSolutions-EC23':
        'The production listener of a public web service; the test listener admits a single address',
    });
    this.taskSecurityGroup = this.#securityGroup(
      'TaskSecurityGroup',
      'Tasks of the sample service',
    );
    this.taskSecurityGroup.addIngressRule(
      this.loadBalancerSecurityGroup,
      Port.tcp(sample.containerPort),
      'Load balancer to container',
    );
    this.hookSecurityGroup = this.#securityGroup(
      'HookSecurityGroup',
      'Lifecycle hooks: egress only',
    );
  }

  #securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: true });
  }

  #logRejectedTraffic(): void {
    const logGroup = new LogGroup(this, 'FlowLogs', {
      logGroupName: '/greengate-sample/rejected-traffic',
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = permittedRole(this, 'FlowLogRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
      permissions: [
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [logGroup.logGroupArn],
        },
      ],
    });
    this.vpc.addFlowLog('RejectedTraffic', {
      // Refused packets only: they explain a closed listener, and they cost next to nothing.
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()),
    });
  }
}
