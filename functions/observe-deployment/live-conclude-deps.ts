import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecsServiceDeployments } from '../adapters/ecs-service-deployments.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { elbv2Client, elbv2LoadBalancing, elbv2ProductionListeners } from '../adapters/elbv2.ts';
import { environment } from '../adapters/environment.ts';
import { greengateVersion } from '../adapters/greengate-version.ts';
import type { Invocation } from '../adapters/lambda-entry.ts';
import { httpProbe } from '../adapters/probe/http-probe.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { snsClient, snsNotifier } from '../adapters/sns-notifier.ts';
import { sfnClient, stepFunctionsWorkflow } from '../adapters/step-functions.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { ConcludeRolloutDeps } from '../roll-out/roll-out-deps.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** The adapters behind concluding a deployment or a rollout, for the handlers that do it. */
export function liveConcludeDeps({ signal, log }: Invocation) {
  return {
    config: compiledConfig(),
    deployments: codeDeployDeployments(codeDeployClient(), signal),
    services: ecsServices(ecsClient(), signal),
    serviceDeployments: ecsServiceDeployments(ecsClient(), signal),
    productionListeners: elbv2ProductionListeners(elbv2Client(), signal),
    loadBalancing: elbv2LoadBalancing(elbv2Client(), signal),
    probe: httpProbe(greengateVersion),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    notifier: snsNotifier(snsClient(), environment('NOTIFICATION_TOPIC_ARN'), signal),
    workflow: stepFunctionsWorkflow(sfnClient(), undefined, signal),
    clock: systemClock,
    log,
    signal,
  } satisfies ConcludeDeps & ConcludeRolloutDeps;
}
