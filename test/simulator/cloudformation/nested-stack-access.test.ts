import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Stack } from '../../../simulator/cloudformation/model.ts';
import { account, allow, type Deployer, deployerFixture, failure } from './deployer.ts';

let aws: Deployer;
let stacks = 0;
let name: string;
beforeAll(async () => {
  aws = await deployerFixture();
  const { models, world } = aws.simulator;
  models.s3.createBucket('templates', { versioned: false });
  const template = {
    Parameters: { Seconds: { Type: 'Number' } },
    Resources: {
      Orders: {
        Type: 'AWS::SQS::Queue',
        Properties: { VisibilityTimeout: { Ref: 'Seconds' } },
      },
    },
  };
  world.services.s3.putObject('templates', 'child.json', Buffer.from(JSON.stringify(template)));
});
afterAll(() => aws.stop());
beforeEach(() => {
  name = `shop${++stacks}`;
});

const parent = (Seconds = '10') => ({
  Child: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: {
      TemplateURL: 'https://templates.s3.us-east-1.amazonaws.com/child.json',
      Parameters: { Seconds },
    },
  },
});
const onChild = (...operations: readonly string[]) =>
  allow(
    operations.map((operation) => `cloudformation:${operation}`),
    { Resource: `arn:aws:cloudformation:us-east-1:${account}:stack/${name}-Child-*` },
  );
const readingTemplates = allow('s3:GetObject', { Resource: 'arn:aws:s3:::templates/child.json' });
const refused = (action: string, resource: string) =>
  `User: arn:aws:iam::${account}:user/ann is not authorized to perform: ${action} on resource: ${resource}`;
const stackArn = (rest: string) => `arn:aws:cloudformation:us-east-1:${account}:stack/${rest}`;

/** The nested stacks of the one under test that are there. */
function children(): Stack[] {
  return aws.simulator.models.cloudformation.all().filter(({ stackName, status }) => {
    return stackName.startsWith(`${name}-Child-`) && status !== 'DELETE_COMPLETE';
  });
}
const queues = () => aws.simulator.models.sqs.queues().length;

it('no nested stack comes to be without cloudformation:CreateStack', async () => {
  await aws.permit(name, allow('sqs:*'));
  const stack = await aws.create(name, parent());
  const child = stackArn(`${name}-Child-XXXXXXXXXXXX/*`);
  expect(failure(stack)).toContain(refused('cloudformation:CreateStack', child));
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(children()).toEqual([]);
});

it('nor without reading its template', async () => {
  await aws.permit(name, onChild('CreateStack'), allow('sqs:*'));
  const stack = await aws.create(name, parent());
  expect(failure(stack)).toContain('S3 error: Access Denied');
  expect([stack.status, children()]).toEqual(['ROLLBACK_COMPLETE', []]);
});

it('what is in it is made by the same caller', async () => {
  await aws.permit(name, onChild('CreateStack', 'DeleteStack'), readingTemplates);
  const stack = await aws.create(name, parent());
  expect(failure(stack)).toMatch(
    /^Embedded stack arn:\S+ was not successfully created: The following resource\(s\) failed to create: \[Orders\]\./,
  );
  const [childId = ''] = /arn:\S+/.exec(failure(stack) ?? '') ?? [];
  const child = await aws.settled(childId);
  expect(failure(child)).toContain(
    refused('sqs:createqueue', `arn:aws:sqs:us-east-1:${account}:${name}-C`),
  );
  expect([stack.status, child.status]).toEqual(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);
  expect(queues()).toBe(0);
});

it('updates and deletions need their own permission', async () => {
  await aws.permit(name, onChild('CreateStack'), readingTemplates, allow('sqs:*'));
  const stack = await aws.create(name, parent());
  expect([stack.status, queues()]).toEqual(['CREATE_COMPLETE', 1]);
  const [child] = children();
  const childArn = child?.stackId ?? '';

  const updated = await aws.update(name, parent('20'));
  expect(failure(updated)).toContain(refused('cloudformation:UpdateStack', childArn));
  expect(updated.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(child?.status).toBe('CREATE_COMPLETE');

  const kept = await aws.remove(name);
  expect(kept.status).toBe('DELETE_FAILED');
  expect(kept.resources.get('Child')?.statusReason).toContain(
    refused('cloudformation:DeleteStack', childArn),
  );
  expect(queues()).toBe(1);

  await aws.permit(name, onChild('DeleteStack'), allow('sqs:*'));
  expect((await aws.remove(name)).status).toBe('DELETE_COMPLETE');
  expect([children(), queues()]).toEqual([[], 0]);
});

it('with all of them it is updated', async () => {
  const everything = onChild('CreateStack', 'UpdateStack', 'DeleteStack');
  await aws.permit(name, everything, readingTemplates, allow('sqs:*'));
  await aws.create(name, parent());
  const updated = await aws.update(name, parent('20'));
  expect([updated.status, children()[0]?.status]).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
  const [queue] = aws.simulator.models.sqs.queues();
  expect(queue?.attributes.VisibilityTimeout).toBe('20');
});
