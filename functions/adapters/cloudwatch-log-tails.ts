import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogTails } from '../core/ports/stopped-tasks.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { sideClientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const cloudWatchLogsClient = once(() => new CloudWatchLogsClient(sideClientSettings));

/** CloudWatch Logs. */
export function cloudWatchLogTails(client: CloudWatchLogsClient, signal?: AbortSignal): LogTails {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async tail(logGroupName, logStreamName, limit) {
      const attempt = { action: 'logs:GetLogEvents', resource: `${logGroupName}/${logStreamName}` };
      try {
        const { events = [] } = await callAws(attempt, () =>
          client.send(
            new GetLogEventsCommand({ logGroupName, logStreamName, limit, startFromHead: false }),
            options,
          ),
        );
        return events.flatMap(({ message }) => (message === undefined ? [] : [message.trimEnd()]));
      } catch (error) {
        if (awsErrorName(error) === 'ResourceNotFoundException') return [];
        throw error;
      }
    },
  };
}
