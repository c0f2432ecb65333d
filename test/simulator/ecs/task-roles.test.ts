import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { type EcsFixture, repository } from './ecs-fixture.ts';
import { EcsWire } from './ecs-wire.ts';
import { basics, createExecutionRole } from './execution-role.ts';

let ecs: EcsWire;
let fixture: EcsFixture;
let iam: IamModel;
beforeEach(async () => {
  ecs = await EcsWire.start();
  fixture = ecs.fixture;
  iam = new IamModel(fixture.world);
  fixture.world.provide('iam', iam);
});
afterEach(() => ecs.stop());

const roleArn = 'arn:aws:iam::111122223333:role/execution';
const unassumable = `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;

const start = (logOptions: Record<string, string> = {}) =>
  fixture.service(
    fixture.taskDefinition({
      image: fixture.image('v1'),
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/shop',
          'awslogs-region': 'eu-west-1',
          'awslogs-stream-prefix': 'shop',
          ...logOptions,
        },
      },
    }),
  );

async function stopped(logOptions?: Record<string, string>) {
  const service = start(logOptions);
  await fixture.until(() => fixture.tasks(service)[0]?.lastStatus === 'STOPPED');
  const [task] = fixture.tasks(service);
  return { id: task?.id, cause: task?.stopCause };
}

const without = (...actions: string[]) => {
  createExecutionRole(iam, [basics, { Effect: 'Deny', Action: actions, Resource: '*' }]);
};
const denied = (id: string | undefined, action: string, resource: string) =>
  `AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/execution/${id} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`;

describe('an execution role without permission', () => {
  it('to log in to the registry fails the task before it pulls', async () => {
    without('ecr:GetAuthorizationToken');
    const { id, cause } = await stopped();
    expect(cause).toEqual({
      code: 'TaskFailedToStart',
      reason: `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${denied(id, 'ecr:GetAuthorizationToken', '*')}`,
    });
    expect(fixture.pulls).toEqual([]);
  });

  it('to read the manifest is answered 403 by the registry', async () => {
    without('ecr:BatchGetImage');
    expect((await stopped()).cause?.reason).toBe(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${repository}:v1: unexpected status from HEAD request to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/team/shop/manifests/v1: 403 Forbidden`,
    );
    expect(fixture.pulls).toEqual([]);
  });

  it('to read layers is answered 403 as well', async () => {
    without('ecr:GetDownloadUrlForLayer');
    expect((await stopped()).cause?.reason).toBe(
      'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/team/shop/blobs: 403 Forbidden',
    );
  });

  it('to create its log stream fails the task', async () => {
    without('logs:CreateLogStream');
    const { id, cause } = await stopped();
    const stream = `arn:aws:logs:eu-west-1:111122223333:log-group:/shop:log-stream:shop/app/${id}`;
    expect(cause?.reason).toBe(
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${denied(id, 'logs:CreateLogStream', stream)} : exit status 1`,
    );
  });

  it('to create the log group that it asks for fails the task', async () => {
    createExecutionRole(iam, [basics]);
    const { id, cause } = await stopped({
      'awslogs-group': '/missing',
      'awslogs-create-group': 'true',
    });
    expect(cause?.reason).toBe(
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/execution/${id} is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/missing:log-stream: because no identity-based policy allows the logs:CreateLogGroup action : exit status 1`,
    );
  });

  it('to put log events leaves no logs of a task that runs', async () => {
    without('logs:PutLogEvents');
    const service = start();
    await fixture.until(() => fixture.tasks(service)[0]?.listening.get(8080) !== undefined);
    expect(fixture.logs).toEqual([]);
  });
});

describe('a role that is not there or does not trust ECS', () => {
  it.each([
    ['is not there', () => {}],
    ['trusts Lambda', () => createExecutionRole(iam, [basics], 'lambda.amazonaws.com')],
  ])('and %s keeps a task set without tasks, and is said', (_case, prepare) => {
    prepare();
    const service = start();
    expect(fixture.tasks(service)).toEqual([]);
    const [taskSet] = service.taskSets;
    expect(service.events.map(({ message }) => message)).toContain(
      `(service shop, taskSet ${taskSet?.id}) failed to launch a task with (error ${unassumable}).`,
    );
  });

  it('is what RunTask refuses', async () => {
    const running = ecs.client.send(
      new RunTaskCommand({
        cluster: 'sample',
        taskDefinition: fixture.taskDefinition({ image: fixture.image('v1') }),
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      }),
    );
    await expect(running).rejects.toMatchObject({ name: 'ClientException', message: unassumable });
  });

  it('is tried again', async () => {
    const service = start();
    createExecutionRole(iam, [basics]);
    await fixture.until(() => fixture.tasks(service).some((task) => task.isRunning));
    expect(fixture.tasks(service)).toHaveLength(1);
  });
});
