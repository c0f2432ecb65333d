import {
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOptions } from '../../cli/rehearsal/client-options.ts';
import { sample } from '../../infra/names.ts';
import { secureAssembly } from '../../simulator/elbv2/secure-assembly.ts';
import { makeCertificate } from '../../simulator/server/certificate-control.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { StageKind } from './entry.ts';

/** What customers call the shop, and what its certificate is for. */
const domainName = 'shop.example';
const dayMs = 24 * 3_600_000;

export function isSecure(stage: StageKind): boolean {
  return stage.startsWith('https') || stage === 'grpc';
}

/** Turns a synthesized assembly's listeners to HTTPS, in place. */
export function secure(directory: string, stage: StageKind): void {
  secureAssembly(directory, {
    domainName,
    ...(stage === 'grpc' && { protocolVersion: 'GRPC' as const }),
  });
}

/** Gives the test listener the certificate of the story: nobody renewed it. */
export async function spoilCertificate(simulator: Simulator, stage: StageKind): Promise<void> {
  if (stage !== 'https-expired' && stage !== 'https-expiring') return;
  const nowMs = simulator.world.clock.now();
  const daysLeft = stage === 'https-expired' ? -1 : 3;
  const { certificateArn } = makeCertificate(simulator.models.acm, {
    domainNames: [domainName],
    notBefore: new Date(nowMs - 90 * dayMs).toISOString(),
    notAfter: new Date(nowMs + daysLeft * dayMs).toISOString(),
  });
  const elbv2 = new ElasticLoadBalancingV2Client(clientOptions(simulator));
  for (const balancer of simulator.models.elbv2.loadBalancers.all()) {
    const { Listeners = [] } = await elbv2.send(
      new DescribeListenersCommand({ LoadBalancerArn: balancer.arn }),
    );
    const test = Listeners.find(({ Port }) => Port === sample.testPort);
    await elbv2.send(
      new ModifyListenerCommand({
        ListenerArn: test?.ListenerArn,
        Certificates: [{ CertificateArn: certificateArn }],
      }),
    );
  }
}
