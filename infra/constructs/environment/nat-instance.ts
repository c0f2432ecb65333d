import { Fn } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  CfnEIPAssociation,
  CfnLaunchTemplate,
  CfnNetworkInterface,
  type ConfigureNatOptions,
  type GatewayConfig,
  type IVpc,
  NatProvider,
  Peer,
  Port,
  type PrivateSubnet,
  RouterType,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from '../../acknowledge.ts';

export interface NatInstanceProps {
  readonly allocationId: string;
  readonly vpcCidr: string;
}

/** Half the memory would do for the traffic, but not for installing the one package. */
const instanceType = 't4g.micro';

/** As the VPC guide makes a NAT instance of Amazon Linux 2023 ("NAT instances"), whatever the interface is called. */
const userData = `#!/bin/bash
set -eux
echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-nat.conf
sysctl -p /etc/sysctl.d/90-nat.conf
dnf install -y iptables-services
systemctl enable --now iptables
interface=$(ip -o route get 169.254.169.253 | sed 's/.* dev \\([^ ]*\\).*/\\1/')
iptables -F FORWARD
iptables -t nat -A POSTROUTING -o "$interface" -j MASQUERADE
service iptables save
`;

/**
 * One small instance instead of a NAT gateway. Its network interface is a resource of its own: address and routes stay
 * when the Auto Scaling group replaces an instance that fails its status checks. Meanwhile, some minutes, nothing leaves
 * the private subnets; what clients are served does not pass here.
 */
export class NatInstance extends NatProvider {
  readonly #scope: Construct;
  readonly #props: NatInstanceProps;
  #interface: CfnNetworkInterface | undefined;
  #gateways: GatewayConfig[] = [];

  constructor(scope: Construct, props: NatInstanceProps) {
    super();
    this.#scope = scope;
    this.#props = props;
  }

  override get configuredGateways(): GatewayConfig[] {
    return this.#gateways;
  }

  override configureNat({ vpc, natSubnets, privateSubnets }: ConfigureNatOptions): void {
    const [subnet] = natSubnets;
    if (!subnet) throw new Error('A NAT instance needs a public subnet');
    const securityGroup = new SecurityGroup(this.#scope, 'NatSecurityGroup', {
      vpc: vpc as IVpc,
      description: 'NAT instance: forwards what the VPC sends',
      allowAllOutbound: true,
    });
    securityGroup.addIngressRule(Peer.ipv4(this.#props.vpcCidr), Port.allTraffic(), 'The VPC');
    const networkInterface = new CfnNetworkInterface(this.#scope, 'NatInterface', {
      subnetId: subnet.subnetId,
      groupSet: [securityGroup.securityGroupId],
      description: 'NAT instance',
      sourceDestCheck: false,
    });
    this.#interface = networkInterface;
    const address = new CfnEIPAssociation(this.#scope, 'NatAddress', {
      allocationId: this.#props.allocationId,
      networkInterfaceId: networkInterface.attrId,
    });
    const template = launchTemplate(this.#scope, networkInterface.attrId);
    const group = new CfnAutoScalingGroup(this.#scope, 'NatInstance', {
      minSize: '1',
      maxSize: '1',
      // Not subnets: the launch template attaches an interface that exists (API reference, CreateAutoScalingGroup).
      availabilityZones: [subnet.availabilityZone],
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      healthCheckType: 'EC2',
      healthCheckGracePeriod: 120,
      tags: [{ key: 'Name', value: 'greengate-nat', propagateAtLaunch: true }],
    });
    // At its first start the instance installs a package: it needs its address, and the way to the internet.
    group.node.addDependency(address, subnet.internetConnectivityEstablished);
    acknowledge(group, {
      'AwsSolutions-AS3': 'The group never scales: it replaces one instance that stopped working',
    });
    this.#gateways = [{ az: subnet.availabilityZone, gatewayId: networkInterface.attrId }];
    for (const each of privateSubnets) this.configureSubnet(each, group);
  }

  override configureSubnet(subnet: PrivateSubnet, after?: CfnAutoScalingGroup): void {
    if (!this.#interface) throw new Error('The NAT instance comes before its routes');
    subnet.addRoute('DefaultRoute', {
      routerType: RouterType.NETWORK_INTERFACE,
      routerId: this.#interface.attrId,
      enablesInternetConnectivity: true,
    });
    if (after) subnet.node.findChild('DefaultRoute').node.addDependency(after);
  }
}

function launchTemplate(scope: Construct, networkInterfaceId: string): CfnLaunchTemplate {
  return new CfnLaunchTemplate(scope, 'NatTemplate', {
    launchTemplateData: {
      // Looked up at each launch, so that a replacement is patched and a stack update replaces nothing.
      imageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
      instanceType,
      metadataOptions: { httpTokens: 'required' },
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3', volumeSize: 8 } },
      ],
      networkInterfaces: [{ deviceIndex: 0, networkInterfaceId }],
      userData: Fn.base64(userData),
    },
  });
}
