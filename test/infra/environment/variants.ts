import { App, Stack } from 'aws-cdk-lib';
import {
  GreengateDashboard,
  GreengateLoadBalancer,
  type GreengateLoadBalancerProps,
  GreengateNetwork,
  type GreengateNetworkProps,
  GreengateRepository,
  GreengateService,
  type GreengateServiceProps,
} from '../../../infra/constructs/index.ts';
import { sampleWorkloadDirectory } from '../../../infra/paths.ts';

export interface Variant {
  readonly egress?: GreengateNetworkProps['egress'];
  readonly balancer?: Omit<GreengateLoadBalancerProps, 'network'>;
  readonly service?: Partial<GreengateServiceProps>;
}

const certificateArn =
  'arn:aws:acm:eu-west-1:111122223333:certificate/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const zone = {
  domainName: 'shop.example.com',
  hostedZoneName: 'example.com',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
};
const rolling = { strategy: 'ecs-rolling' } as const;
const arm = { architecture: 'arm64' } as const;
const ec2 = { capacity: 'ec2' } as const;

/** Each pair of choices is in one of them: egress, certificate, capacity, architecture, strategy. */
export const variants: Readonly<Record<string, Variant>> = {
  default: {},
  'NAT instance, made certificate, EC2 on arm, rolling': {
    balancer: zone,
    service: { ...ec2, ...arm, ...rolling },
  },
  'NAT instance, EC2 on arm, rolling': { service: { ...ec2, ...arm, ...rolling } },
  'NAT gateway, made certificate, arm': {
    egress: 'nat-gateway',
    balancer: zone,
    service: arm,
  },
  'NAT gateway, EC2': { egress: 'nat-gateway', service: ec2 },
  'NAT gateway, given certificate, rolling': {
    egress: 'nat-gateway',
    balancer: { certificateArn },
    service: rolling,
  },
  'endpoints only, made certificate, EC2 on arm': {
    egress: 'endpoints-only',
    balancer: zone,
    service: { ...ec2, ...arm },
  },
  'endpoints only, rolling': { egress: 'endpoints-only', service: rolling },
};

/** A stack as a user's app would hold it, with the names of greengate.yaml in this repository. */
export class EnvironmentStack extends Stack {
  readonly network: GreengateNetwork;
  readonly balancer: GreengateLoadBalancer;
  readonly service: GreengateService;

  constructor(app: App, id: string, { egress, balancer, service }: Variant) {
    super(app, id);
    this.network = new GreengateNetwork(this, 'Network', egress === undefined ? {} : { egress });
    this.balancer = new GreengateLoadBalancer(this, 'Balancer', {
      network: this.network,
      ...balancer,
    });
    const repository = new GreengateRepository(this, 'Repository', { repositoryName: 'team/shop' });
    this.service = new GreengateService(this, 'Service', {
      network: this.network,
      loadBalancer: this.balancer,
      repository,
      serviceName: 'shop',
      firstImageDirectory: sampleWorkloadDirectory,
      ...service,
    });
    new GreengateDashboard(this, 'Dashboard', { services: [this.service] });
  }
}

export function environmentApp(outdir: string): App {
  return new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
}
