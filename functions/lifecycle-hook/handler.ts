import { bundledCustomChecks } from '../adapters/bundled-custom-checks.ts';
import { cloudWatchAlarms, cloudWatchClient } from '../adapters/cloudwatch-alarms.ts';
import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { elbv2Client, elbv2LoadBalancing, elbv2SpareClient } from '../adapters/elbv2.ts';
import { environment } from '../adapters/environment.ts';
import { greengateVersion } from '../adapters/greengate-version.ts';
import { grpcHealthProbe } from '../adapters/grpc-health-probe.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { httpProbe } from '../adapters/probe/http-probe.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { secretsManagerClient, secretsReader, ssmClient } from '../adapters/secrets.ts';
import { snsClient, snsNotifier } from '../adapters/sns-notifier.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { webSocketProbe } from '../adapters/web-socket-probe.ts';
import { parseHookPayload } from '../core/hooks/parse-hook-payload.ts';
import { parseLifecycleEvent } from '../core/hooks/parse-lifecycle-event.ts';
import { reserveMs } from '../core/hooks/time-budget.ts';
import { runLifecycleHook } from './step.ts';

/** One bundle for all five functions; which lifecycle event it serves is in the environment (design D6). */
export const handler = lambdaEntry(parseHookPayload, (call, invocation) => {
  const signal = invocation.signalBefore(reserveMs(invocation.remainingMs()));
  return runLifecycleHook(call, {
    lifecycleEvent: parseLifecycleEvent(environment('LIFECYCLE_EVENT')),
    judge: () => ({
      config: compiledConfig(),
      deployments: codeDeployDeployments(codeDeployClient(), signal),
      services: ecsServices(ecsClient(), signal),
      taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
      images: ecrImageRegistry(ecrClient(), signal),
      loadBalancing: elbv2LoadBalancing(elbv2Client(), signal),
      spareBalancing: elbv2LoadBalancing(elbv2SpareClient(), signal),
      records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
      alarms: cloudWatchAlarms(cloudWatchClient(), signal),
      probe: httpProbe(greengateVersion),
      webSocket: webSocketProbe(greengateVersion),
      grpcHealth: grpcHealthProbe(greengateVersion),
      secrets: secretsReader(secretsManagerClient(), ssmClient(), signal),
      customChecks: bundledCustomChecks(),
    }),
    clock: systemClock,
    signal,
    reports: codeDeployDeployments(codeDeployClient(), invocation.signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), invocation.signal),
    // Only BeforeAllowTraffic may ask, and only it knows the topic.
    notifier: {
      publish: (notification) =>
        snsNotifier(snsClient(), environment('NOTIFICATION_TOPIC_ARN'), invocation.signal).publish(
          notification,
        ),
    },
    region: () => environment('AWS_REGION'),
    log: invocation.log,
  });
});
