import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../core/ports/notifier.ts';
import { plainLines } from '../core/probe/plain-text.ts';
import { callAws } from './aws-errors.ts';
import { sideClientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const snsClient = once(() => new SNSClient(sideClientSettings));

const textAttribute = (value: string) => ({ DataType: 'String', StringValue: value });

/** Notifications through one SNS topic; the attribute `severity`, `notice` or `alarm`, is for filter policies. */
export function snsNotifier(client: SNSClient, topicArn: string, signal?: AbortSignal): Notifier {
  return {
    async publish({ subject, message, alarm }) {
      await callAws({ action: 'sns:Publish', resource: topicArn }, () =>
        client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject,
            // It quotes what services answered and logged; a mail or a chat must not obey that.
            Message: plainLines(message),
            MessageAttributes: {
              severity: textAttribute(alarm === undefined ? 'notice' : 'alarm'),
              ...(alarm === undefined ? {} : { alarm: textAttribute(alarm) }),
            },
          }),
          signal === undefined ? {} : { abortSignal: signal },
        ),
      );
    },
  };
}
