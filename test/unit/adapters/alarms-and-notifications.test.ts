import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { cloudWatchAlarms } from '../../../functions/adapters/cloudwatch-alarms.ts';
import { snsNotifier } from '../../../functions/adapters/sns-notifier.ts';
import { scriptClient } from '../../support/scripted-client.ts';

describe('cloudWatchAlarms', () => {
  it('reads metric and composite alarms', async () => {
    const client = new CloudWatchClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({
      MetricAlarms: [{ AlarmName: 'shop-5xx', StateValue: 'OK' }],
      CompositeAlarms: [{ AlarmName: 'shop', StateValue: 'ALARM' }],
    }));

    await expect(cloudWatchAlarms(client).states(['shop-5xx', 'shop'])).resolves.toEqual([
      { name: 'shop-5xx', state: 'OK' },
      { name: 'shop', state: 'ALARM' },
    ]);
    expect(commands[0]?.input).toMatchObject({
      AlarmNames: ['shop-5xx', 'shop'],
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    });
  });

  it('asks nothing without names, which would list every alarm', async () => {
    const client = new CloudWatchClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({}));

    await expect(cloudWatchAlarms(client).states([])).resolves.toEqual([]);
    expect(commands).toEqual([]);
  });
});

describe('snsNotifier', () => {
  it('publishes subject and message to its topic', async () => {
    const client = new SNSClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({ MessageId: '1' }));

    await snsNotifier(client, 'arn:topic').publish({ subject: 'Done', message: 'All well' });

    expect(commands).toEqual([
      {
        operation: 'Publish',
        input: {
          TopicArn: 'arn:topic',
          Subject: 'Done',
          Message: 'All well',
          MessageAttributes: { severity: { DataType: 'String', StringValue: 'notice' } },
        },
      },
    ]);
  });

  it('keeps the lines of a message and nothing else that a terminal or a mail would obey', async () => {
    const client = new SNSClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({ MessageId: '1' }));

    const message = 'got "\u001b[2J\u202etxt"\nEvidence:';
    await snsNotifier(client, 'arn:topic').publish({ subject: 'Done', message });

    expect(commands[0]?.input).toMatchObject({ Message: 'got " txt"\nEvidence:' });
  });

  it('sends what was cut in the middle of a character, which the SDK would refuse', async () => {
    const client = new SNSClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({ MessageId: '1' }));

    const message = 'got "ok 🎉"'.slice(0, 9);
    await snsNotifier(client, 'arn:topic').publish({ subject: 'Done', message });

    expect(commands[0]?.input).toMatchObject({ Message: 'got "ok \ufffd' });
  });

  it('marks what cannot wait, so that a subscription can filter by it', async () => {
    const client = new SNSClient({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({ MessageId: '1' }));

    await snsNotifier(client, 'arn:topic').publish({
      subject: 'Look',
      message: 'Now',
      alarm: 'RollbackMissing',
    });

    expect(commands[0]?.input).toMatchObject({
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'alarm' },
        alarm: { DataType: 'String', StringValue: 'RollbackMissing' },
      },
    });
  });
});
