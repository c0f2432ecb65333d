import { bundledCustomChecks } from '../adapters/bundled-custom-checks.ts';
import { cloudWatchAlarms, cloudWatchClient } from '../adapters/cloudwatch-alarms.ts';
import { cloudWatchLogsClient, cloudWatchLogTails } from '../adapters/cloudwatch-log-tails.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { ecsServiceDeployments } from '../adapters/ecs-service-deployments.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { ecsStoppedTasks } from '../adapters/ecs-stopped-tasks.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { elbv2Client, elbv2ProductionListeners } from '../adapters/elbv2.ts';
import { environment } from '../adapters/environment.ts';
import { greengateVersion } from '../adapters/greengate-version.ts';
import { grpcHealthProbe } from '../adapters/grpc-health-probe.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { httpProbe } from '../adapters/probe/http-probe.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { secretsManagerClient, secretsReader, ssmClient } from '../adapters/secrets.ts';
import { snsClient, snsNotifier } from '../adapters/sns-notifier.ts';
import { lineSwitchClient, ssmLineSwitch } from '../adapters/ssm-line-switch.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { webSocketProbe } from '../adapters/web-socket-probe.ts';
import { parseRollOutInput } from './roll-out-input.ts';
import { rollOut } from './step.ts';

/** The task that takes a release to production by a rolling update, and watches it. */
export const handler = lambdaEntry(parseRollOutInput, (input, invocation) => {
  const { signal, log } = invocation;
  return rollOut(input, {
    config: compiledConfig(),
    serviceDeployments: ecsServiceDeployments(ecsClient(), signal),
    services: ecsServices(ecsClient(), signal),
    stoppedTasks: ecsStoppedTasks(ecsClient(), signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
    logTails: cloudWatchLogTails(cloudWatchLogsClient(), signal),
    productionListeners: elbv2ProductionListeners(elbv2Client(), signal),
    alarms: cloudWatchAlarms(cloudWatchClient(), signal),
    images: ecrImageRegistry(ecrClient(), signal),
    line: ssmLineSwitch(lineSwitchClient(), signal),
    probe: httpProbe(greengateVersion),
    webSocket: webSocketProbe(greengateVersion),
    grpcHealth: grpcHealthProbe(greengateVersion),
    secrets: secretsReader(secretsManagerClient(), ssmClient(), signal),
    customChecks: bundledCustomChecks(),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    notifier: snsNotifier(snsClient(), environment('NOTIFICATION_TOPIC_ARN'), signal),
    clock: systemClock,
    log,
    signal,
    remainingMs: () => invocation.remainingMs(),
  });
});
