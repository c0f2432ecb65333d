import { type ISecurityGroup, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type IApplicationTargetGroup,
  type IListenerCertificate,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledge.ts';
import { type SecureName, secureName } from './certificate.ts';
import type { GreengateNetwork } from './network.ts';
import type { GreengateLoadBalancerProps } from './props.ts';
import { type ServingListeners, TargetGroups, type TargetGroupsProps } from './target-groups.ts';

/**
 * An Application Load Balancer for one service. With a certificate it speaks HTTPS and redirects from port 80; without
 * one, plain HTTP. The test listener (8443, without certificate 8080) admits the hooks alone (ADR 0007).
 */
export class GreengateLoadBalancer extends Construct {
  readonly network: GreengateNetwork;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly securityGroup: ISecurityGroup;
  readonly internetFacing: boolean;
  readonly secure: boolean;
  readonly productionPort: number;
  readonly testPort: number;
  /** Where clients find it: by its own name, else by that of the load balancer. */
  readonly url: string;
  readonly #name: SecureName;
  #serving = false;

  constructor(scope: Construct, id: string, props: GreengateLoadBalancerProps) {
    super(scope, id);
    const { network } = props;
    this.network = network;
    const closed = network.egressCidr === undefined;
    if (closed && props.internetFacing) {
      throw new Error(
        'GreengateLoadBalancer cannot be internetFacing in a network with endpoints only: hooks have no way to its public addresses; choose another egress, or put CloudFront or a VPN in front of an internal one',
      );
    }
    this.internetFacing = props.internetFacing ?? !closed;
    this.#name = secureName(this, props);
    this.secure = this.#name.arn !== undefined;
    this.productionPort = this.secure ? 443 : 80;
    this.testPort = this.secure ? 8443 : 8080;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Load balancer: production for clients, test listener for the hooks',
      allowAllOutbound: true,
    });
    this.securityGroup = securityGroup as ISecurityGroup;
    this.#admitClients(props.clientCidrs ?? [this.internetFacing ? '0.0.0.0/0' : network.cidr]);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      internetFacing: this.internetFacing,
      securityGroup: this.securityGroup,
      dropInvalidHeaderFields: true,
      ...(!this.internetFacing && { vpcSubnets: network.taskSubnets }),
      ...(props.loadBalancerName && { loadBalancerName: props.loadBalancerName }),
    });
    this.#logAccess(props.accessLogBucketName);
    this.#name.pointTo(this.loadBalancer);
    const host = props.domainName ?? this.loadBalancer.loadBalancerDnsName;
    this.url = `${this.secure ? 'https' : 'http'}://${host}`;
  }

  /** Target groups and listeners of the service. Throws Error when there is one already. */
  serve(props: Omit<TargetGroupsProps, 'network'> & { readonly pair: boolean }): ServingListeners {
    if (this.#serving) throw new Error('A GreengateLoadBalancer serves one service; make another');
    this.#serving = true;
    const groups = new TargetGroups(this, 'Targets', { ...props, network: this.network });
    const production = this.#listener('Production', this.productionPort, groups);
    if (this.secure) this.#redirect();
    if (!groups.green) return { groups, production };
    this.#admitHooks();
    return { groups, production, test: this.#listener('Test', this.testPort, groups) };
  }

  /** By attribute, because the CDK's own way wants to know the region, which a stack for any region does not. */
  #logAccess(bucketName: string | undefined): void {
    if (bucketName === undefined) {
      acknowledge(this.loadBalancer, {
        'AwsSolutions-ELB2':
          'Metrics feed alarms and the hooks keep their own evidence; who needs access logs names a bucket',
      });
      return;
    }
    this.loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    this.loadBalancer.setAttribute('access_logs.s3.bucket', bucketName);
  }

  #admitClients(cidrs: readonly string[]): void {
    for (const cidr of cidrs) {
      for (const port of this.secure ? [80, 443] : [80]) {
        this.securityGroup.addIngressRule(Peer.ipv4(cidr), Port.tcp(port), 'Clients');
      }
    }
    if (!cidrs.includes('0.0.0.0/0')) return;
    acknowledge(this.securityGroup, {
      'AwsSolutions-EC23':
        'The production listener of a public web service; the test listener admits the hooks alone',
    });
  }

  /** From inside, hooks are known by their security group; from outside, by the address that they leave through. */
  #admitHooks(): void {
    const { egressCidr, hookSecurityGroup } = this.network;
    const hooks =
      this.internetFacing && egressCidr !== undefined ? Peer.ipv4(egressCidr) : hookSecurityGroup;
    this.securityGroup.addIngressRule(hooks, Port.tcp(this.testPort), 'Test listener: hooks');
  }

  #listener(id: string, port: number, { blue, green }: TargetGroups): ApplicationListener {
    const { arn } = this.#name;
    const listener = new ApplicationListener(this, id, {
      loadBalancer: this.loadBalancer,
      port,
      protocol: this.secure ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP,
      // The security group says who may come in, not the listener's default of everybody.
      open: false,
      defaultAction: ListenerAction.forward([blue as IApplicationTargetGroup]),
      ...(arn !== undefined && {
        certificates: [ListenerCertificate.fromArn(arn) as IListenerCertificate],
        sslPolicy: SslPolicy.RECOMMENDED_TLS,
      }),
    });
    // CodeDeploy leaves both groups in the rule (aws-facts 4.3); deleted first, the other one would be in use.
    if (green) listener.node.addDependency(green);
    return listener;
  }

  #redirect(): void {
    new ApplicationListener(this, 'Redirect', {
      loadBalancer: this.loadBalancer,
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
  }
}
