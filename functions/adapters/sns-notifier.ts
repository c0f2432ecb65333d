import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../core/ports/notifier.ts';
import { callAws } from './aws-errors.ts';
import { sideClientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const snsClient = once(() => new SNSClient(sideClientSettings));

/** Notifications through one SNS topic. */
export function snsNotifier(client: SNSClient, topicArn: string, signal?: AbortSignal): Notifier {
  return {
    async publish({ subject, message }) {
      await callAws({ action: 'sns:Publish', resource: topicArn }, () =>
        client.send(
          new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: message }),
          signal === undefined ? {} : { abortSignal: signal },
        ),
      );
    },
  };
}
