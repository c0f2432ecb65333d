import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worker, workerSource } from './custom-worker.ts';
import { account, allow, type Deployer, deployerFixture, failure } from './deployer.ts';

const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker`;
const topicArn = `arn:aws:sns:us-east-1:${account}:work`;
const withTopic = {
  ...worker,
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: {
      TopicName: 'work',
      Subscription: [{ Protocol: 'lambda', Endpoint: { 'Fn::GetAtt': ['Worker', 'Arn'] } }],
    },
  },
  Calls: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { Ref: 'Worker' },
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: 'Topic' },
    },
  },
};

let directory: string;
let aws: Deployer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-custom-access-'));
  aws = await deployerFixture();
  mkdirSync(join(directory, 'code'));
  writeFileSync(join(directory, 'code', 'index.mjs'), workerSource);
  aws.simulator.world.assets.publish('assets', 'worker.zip', join(directory, 'code'));
  const stack = await aws.create('workers', withTopic, aws.administrator);
  expect([stack.status, failure(stack)]).toEqual(['CREATE_COMPLETE', undefined]);
});
afterAll(async () => {
  await aws.stop();
  rmSync(directory, { recursive: true, force: true });
});

const thing = (ServiceToken: string, Size = '1') => ({
  Thing: {
    Type: 'Custom::Thing',
    Properties: {
      ServiceToken,
      Size,
      Answers: JSON.stringify({
        Create: { PhysicalResourceId: 'thing-1' },
        Update: { PhysicalResourceId: 'thing-1' },
        Delete: {},
      }),
    },
  },
});

/** What the function wrote, e.g. `SUBJECT …`. */
function written(prefix: string): string[] {
  const { streams } = aws.simulator.models.logs.group('/aws/lambda/worker');
  return [...streams.values()]
    .flatMap(({ events }) => events)
    .flatMap(({ message }) => {
      const at = message.indexOf(`${prefix} `);
      return at < 0 ? [] : [message.slice(at + prefix.length + 1).trim()];
    });
}

describe.each([
  ['function', functionArn, 'lambda:InvokeFunction', 'lambda:InvokeFunction'],
  ['topic', topicArn, 'sns:Publish', 'SNS:Publish'],
])('whoever may not call the %s of a custom resource', (kind, token, action, spoken) => {
  const refused = `User: arn:aws:iam::${account}:user/ann is not authorized to perform: ${spoken} on resource: ${token} because no identity-based policy allows the ${spoken} action`;

  it('makes none, and one once permitted', async () => {
    await aws.permit(kind);
    const stack = await aws.create(kind, thing(token));
    expect(failure(stack)).toContain(refused);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    await aws.remove(kind);

    await aws.permit(kind, allow(action, { Resource: token }));
    const again = await aws.create(kind, thing(token));
    expect([again.status, failure(again)]).toEqual(['CREATE_COMPLETE', undefined]);
    expect(again.resources.get('Thing')?.physicalId).toBe('thing-1');
  });

  it('changes and deletes none, and does once permitted', async () => {
    await aws.permit(kind);
    const changed = await aws.update(kind, thing(token, '2'));
    expect(failure(changed)).toContain(refused);
    expect(changed.status).toBe('UPDATE_ROLLBACK_FAILED');
    const kept = await aws.remove(kind);
    expect(kept.status).toBe('DELETE_FAILED');
    expect(kept.resources.get('Thing')?.statusReason).toContain(refused);

    await aws.permit(kind, allow(action, { Resource: token }));
    expect((await aws.remove(kind)).status).toBe('DELETE_COMPLETE');
  });
});

it('a topic gets the same request as a function, as a message with a subject', () => {
  const requests = written('EVENT').map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(requests.map(({ RequestType, ServiceToken }) => [RequestType, ServiceToken])).toEqual([
    ['Create', functionArn],
    ['Delete', functionArn],
    ['Create', topicArn],
    ['Delete', topicArn],
  ]);
  const subject = 'AWS CloudFormation custom resource request';
  expect(written('SUBJECT')).toEqual([subject, subject]);
});
