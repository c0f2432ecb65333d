import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { GreengateLoadBalancerProps } from './props.ts';

type Names = Pick<
  GreengateLoadBalancerProps,
  'certificateArn' | 'domainName' | 'hostedZoneName' | 'hostedZoneId'
>;

/** The name of a load balancer and what proves it; `arn` undefined: plain HTTP. Throws Error naming the prop that is missing. */
export interface SecureName {
  readonly arn: string | undefined;
  /** Makes the alias record, where a zone was named. */
  pointTo(loadBalancer: ApplicationLoadBalancer): void;
}

export function secureName(scope: Construct, names: Names): SecureName {
  const { certificateArn, domainName } = names;
  if (certificateArn !== undefined && !/^arn:[\w-]+:acm:/.test(certificateArn)) {
    throw new Error(
      `GreengateLoadBalancer: certificateArn must be the ARN of an ACM certificate, got "${certificateArn}"`,
    );
  }
  const zone = namedZone(scope, names);
  if (zone === undefined || domainName === undefined) {
    return { arn: certificateArn, pointTo() {} };
  }
  const arn =
    certificateArn ??
    new Certificate(scope, 'Certificate', {
      domainName,
      validation: CertificateValidation.fromDns(zone),
    }).certificateArn;
  return {
    arn,
    pointTo(loadBalancer) {
      new ARecord(scope, 'Alias', {
        zone,
        recordName: domainName,
        target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)),
      });
    },
  };
}

function namedZone(scope: Construct, names: Names): IHostedZone | undefined {
  const { domainName, hostedZoneName: zoneName, hostedZoneId } = names;
  if (zoneName === undefined && hostedZoneId === undefined) {
    if (domainName === undefined) return undefined;
    throw new Error(
      `GreengateLoadBalancer: domainName "${domainName}" needs hostedZoneName and hostedZoneId for its record; to keep records elsewhere leave domainName out`,
    );
  }
  if (zoneName === undefined || hostedZoneId === undefined || domainName === undefined) {
    throw new Error(
      'GreengateLoadBalancer: domainName, hostedZoneName and hostedZoneId belong together; give all three or none',
    );
  }
  if (domainName !== zoneName && !domainName.endsWith(`.${zoneName}`)) {
    throw new Error(
      `GreengateLoadBalancer: domainName "${domainName}" does not lie in the zone "${zoneName}"`,
    );
  }
  return HostedZone.fromHostedZoneAttributes(scope, 'Zone', { zoneName, hostedZoneId });
}
