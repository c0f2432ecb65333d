import { compiledConfig } from '../adapters/compiled-config.ts';
import { elbv2SpareClient } from '../adapters/elbv2.ts';
import { elbv2Inspection } from '../adapters/elbv2-inspection.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { livePreflightPorts } from '../adapters/live-preflight-ports.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { snsClient, snsNotifier } from '../adapters/sns-notifier.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { parseRequestInput } from '../core/workflow/step-input.ts';
import { preflight } from './step.ts';

export const handler = lambdaEntry(parseRequestInput, (input, { log, signal }) =>
  preflight(input, {
    config: compiledConfig(),
    ports: livePreflightPorts({ signal, hookNamePrefix: environment('HOOK_NAME_PREFIX') }),
    spareBalancers: elbv2Inspection(elbv2SpareClient(), signal),
    signal,
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    notifier: snsNotifier(snsClient(), environment('NOTIFICATION_TOPIC_ARN'), signal),
    clock: systemClock,
    timeout: (ms) => AbortSignal.timeout(ms),
    log,
  }),
);
