import { Fn } from 'aws-cdk-lib';
import {
  CfnEIP,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type IVpc,
  NatProvider,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import type { HookNetwork } from '../controller-function.ts';
import { logRejectedTraffic } from './flow-log.ts';
import { InterfaceEndpoints } from './interface-endpoints.ts';
import { NatInstance } from './nat-instance.ts';
import type { Egress, GreengateNetworkProps } from './props.ts';

const egresses: readonly Egress[] = ['nat-instance', 'nat-gateway', 'endpoints-only'];

/**
 * A VPC over two zones. Tasks and hooks stay in private subnets; what leaves goes through one known address, or nothing
 * leaves at all. Throws Error for a CIDR block that does not hold four subnets, and for an unknown egress.
 */
export class GreengateNetwork extends Construct {
  readonly egress: Egress;
  readonly cidr: string;
  readonly vpc: IVpc;
  readonly taskSubnets: SubnetSelection;
  /** The address behind which hooks and tasks appear outside, a.b.c.d/32; none with endpoints only. */
  readonly egressCidr: string | undefined;
  readonly hookSecurityGroup: ISecurityGroup;
  /** For the controller stack: where hooks run to reach the test listener. */
  readonly hookNetwork: HookNetwork;
  /** What must exist before anything in the private subnets can reach AWS. */
  readonly reachesAws: IDependable;

  constructor(scope: Construct, id: string, props: GreengateNetworkProps = {}) {
    super(scope, id);
    this.egress = props.egress ?? 'nat-instance';
    if (!egresses.includes(this.egress)) {
      throw new Error(
        `GreengateNetwork: egress is one of ${egresses.join(', ')}, got "${this.egress}"`,
      );
    }
    this.cidr = props.cidr ?? '10.20.0.0/16';
    if (!/^(?:\d{1,3}\.){3}\d{1,3}\/(?:1[6-9]|20)$/.test(this.cidr)) {
      throw new Error(
        `GreengateNetwork needs a CIDR block of /16 to /20 such as 10.20.0.0/16, got "${this.cidr}"`,
      );
    }
    const closed = this.egress === 'endpoints-only';
    const privateType = closed ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS;
    this.taskSubnets = { subnetType: privateType };
    const address = closed ? undefined : new CfnEIP(this, 'EgressAddress', { domain: 'vpc' });
    this.egressCidr = address && Fn.join('/', [address.attrPublicIp, '32']);
    const publicSubnets = { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 };
    const privateSubnets = { name: 'Private', subnetType: privateType, cidrMask: 22 };
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(this.cidr),
      maxAzs: 2,
      natGateways: closed ? 0 : 1,
      ...(address && { natGatewayProvider: this.#natProvider(address) }),
      subnetConfiguration: closed
        ? [privateSubnets]
        : [{ ...publicSubnets, mapPublicIpOnLaunch: false }, privateSubnets],
      // The alternative is a Lambda-backed custom resource; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
      // Image layers come from S3: through the gateway endpoint, which is free, they cost no NAT traffic.
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    // CDK's classes do not satisfy their own interfaces under exactOptionalPropertyTypes.
    this.vpc = vpc as IVpc;
    logRejectedTraffic(this, vpc);
    this.hookSecurityGroup = new SecurityGroup(this, 'HookSecurityGroup', {
      vpc: this.vpc,
      description: 'Lifecycle hooks: egress only',
      allowAllOutbound: true,
    });
    this.hookNetwork = { vpc: this.vpc, securityGroup: this.hookSecurityGroup };
    const ways = new DependencyGroup();
    if (closed) ways.add(new InterfaceEndpoints(this, 'Endpoints', this));
    else ways.add(vpc.selectSubnets(this.taskSubnets).internetConnectivityEstablished);
    this.reachesAws = ways;
  }

  #natProvider(address: CfnEIP): NatProvider {
    return this.egress === 'nat-gateway'
      ? NatProvider.gateway({ eipAllocationIds: [address.attrAllocationId] })
      : new NatInstance(this, { allocationId: address.attrAllocationId, vpcCidr: this.cidr });
  }
}
