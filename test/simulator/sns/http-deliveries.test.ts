import { once } from 'node:events';
import http from 'node:http';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulator/core/settings.ts';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsWire } from '../../../simulator/sns/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

describe('an HTTP endpoint', () => {
  let aws: SimulatedAws;
  let sns: SNSClient;
  let model: SnsModel;
  let TopicArn = '';
  let server: http.Server;
  let posts: { type: unknown; body: Record<string, string> }[];
  let statuses: number[];
  let url = '';
  const open = async (settings: Partial<Settings> = {}) => {
    aws = await simulatedAws((world) => {
      model = new SnsModel(world);
      return [snsWire(model, world)];
    }, settings);
    sns = new SNSClient(aws.client);
    TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'releases' }))).TopicArn ?? '';
  };
  const attributesOf = async (SubscriptionArn: string | undefined) =>
    (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;

  beforeEach(async () => {
    posts = [];
    statuses = [];
    server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      posts.push({ type: request.headers['x-amz-sns-message-type'], body });
      response.writeHead(statuses.shift() ?? 200).end();
      server.emit('post');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await model.stop();
    await aws.stop();
  });

  it.each(['ConfirmSubscription', 'SubscribeURL'])(
    'is asked to confirm, does so by %s, and then gets notifications',
    async (how) => {
      await open();
      const asked = once(server, 'post');
      const { SubscriptionArn } = await sns.send(
        new SubscribeCommand({
          TopicArn,
          Protocol: 'http',
          Endpoint: url,
          ReturnSubscriptionArn: true,
        }),
      );
      await asked;
      expect(await attributesOf(SubscriptionArn)).toMatchObject({ PendingConfirmation: 'true' });
      const { Token, SubscribeURL = '' } = posts[0]?.body ?? {};
      expect(posts).toMatchObject([
        { type: 'SubscriptionConfirmation', body: { TopicArn, Type: 'SubscriptionConfirmation' } },
      ]);
      if (how === 'SubscribeURL') expect((await fetch(SubscribeURL)).status).toBe(200);
      else await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
      expect(await attributesOf(SubscriptionArn)).toMatchObject({ PendingConfirmation: 'false' });
      const posted = once(server, 'post');
      await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
      await posted;
      expect(posts[1]).toMatchObject({ type: 'Notification', body: { Message: 'm' } });
    },
  );

  it.each([
    [3, 20_000, {}],
    [1, 60_000, { httpDeliveryRetries: 1, httpRetryDelayMs: 60_000 }],
  ])('that fails gets %i more tries, %i ms apart', async (retries, delayMs, settings) => {
    await open(settings);
    const subscription = model.subscribe(TopicArn, 'http', url);
    await once(server, 'post');
    subscription.confirmed = true;
    statuses = [500, 500, 500, 500];
    const startMs = aws.world.clock.now();
    model.publish(TopicArn, { message: 'm' });
    for (let tries = 0; tries <= retries; tries++) await once(server, 'post');
    await expect
      .poll(() => aws.world.journal.of('notification.failed'))
      .toMatchObject([{ endpoint: url, reason: 'HTTP 500' }]);
    expect(posts.filter(({ type }) => type === 'Notification')).toHaveLength(retries + 1);
    const tookMs = aws.world.clock.now() - startMs;
    expect(Math.floor(tookMs / 10_000)).toBe((retries * delayMs) / 10_000);
  });

  it('elsewhere is not reached: nothing leaves this machine', async () => {
    await open();
    const subscription = model.subscribe(TopicArn, 'http', 'http://example.com/hook');
    subscription.confirmed = true;
    model.publish(TopicArn, { message: 'm' });
    await expect
      .poll(() => aws.world.journal.of('notification.failed'))
      .toMatchObject([{ reason: 'example.com is not on this machine' }]);
  });
});
