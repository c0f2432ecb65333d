import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 180_000;
let sample: OpenSample;
let read: () => Promise<readonly { readonly Subject?: string; readonly Message: string }[]>;

beforeAll(async () => {
  sample = await openSample();
  read = await topicReader();
}, limitMs);

afterAll(() => sample?.stop());

/** A queue that gets everything that the topic is told. */
async function topicReader() {
  const [sns, sqs] = [
    new SNSClient(clientOptions(sample.simulator)),
    new SQSClient(clientOptions(sample.simulator)),
  ];
  const outputs = sample.simulator.models.cloudformation.find('GreengateController')?.outputs ?? [];
  const topicArn = String(outputs.find(({ key }) => key === 'NotificationTopicArn')?.value);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'pager' }));
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Attributes.QueueArn,
      },
    ],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes.QueueArn }),
  );
  return async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body));
  };
}

describe('a rollback that never comes', { timeout: limitMs }, () => {
  it('ends as RollbackMissing, which rings an alarm beside the notification', async () => {
    Object.assign(sample.simulator.world.settings, { rollbackGapMs: 30 * 60_000 });

    const release = await sample.release('v2', { ERROR_EVERY: '2' });

    expect(release).toMatchObject({
      status: 'FAILED',
      error: 'RollbackMissing',
      outcome: 'failed',
      reason: expect.stringMatching(
        /^Rollback missing: d-[A-Z0-9]+ ended as Failed, expected CodeDeploy to start its rollback, got none; .* AfterAllowTestTraffic failed: /,
      ),
    });
    await sample.simulator.world.clock.sleep(10 * 60_000);
    const messages = await read();
    // The sweep may come by meanwhile and tell, rightly and once, that the service is not as its release left it.
    const subjects = messages.map(({ Subject }) => Subject);
    expect(subjects.slice(0, 2)).toEqual([
      'ALARM Greengate: shop v2 failed, RollbackMissing',
      expect.stringMatching(/^ALARM: "greengate-rollback-missing"/),
    ]);
    const drift = [
      'ALARM Greengate: shop is not as its last release left it, Drift',
      'ALARM: "greengate-drift" in us-east-1',
    ];
    expect(subjects.slice(2)).toEqual(drift.slice(0, subjects.length - 2));
    const cloudWatch = new CloudWatchClient(clientOptions(sample.simulator));
    const { MetricAlarms = [] } = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: 'greengate-' }),
    );
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual([
      'greengate-drift',
      'greengate-rollback-failed',
      'greengate-rollback-missing',
    ]);
    const { AlarmHistoryItems = [] } = await cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: 'greengate-rollback-failed',
        HistoryItemType: 'Action',
      }),
    );
    expect(AlarmHistoryItems).toEqual([]);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
