import { json, query } from './call-mix.ts';
import { control, send } from './wire-client.ts';

const ecs = (operation: string, input: unknown) =>
  json('ecs', '1.1', `AmazonEC2ContainerServiceV20141113.${operation}`, input);
const logs = (operation: string, input: unknown) =>
  json('logs', '1.1', `Logs_20140328.${operation}`, input);

const app = `
  import http from 'node:http';
  http.createServer((request, response) => response.end('ok')).listen(8080);
`;

/** What the measured services stand on: a role, a cluster, an image, a log stream, a target group. */
export async function loadGround(endpoint: string): Promise<void> {
  await createExecutionRole(endpoint);
  await send(endpoint, ecs('CreateCluster', { clusterName: 'measured' }));
  await send(endpoint, logs('CreateLogGroup', { logGroupName: '/measured' }));
  await send(
    endpoint,
    logs('CreateLogStream', { logGroupName: '/measured', logStreamName: 'one' }),
  );
  await send(
    endpoint,
    query('elasticloadbalancing', '2015-12-01', 'CreateTargetGroup', {
      Name: 'measured',
      Protocol: 'HTTP',
      Port: '8080',
      TargetType: 'ip',
      VpcId: await defaultVpc(endpoint),
    }),
  );
  await control(endpoint, 'images', {
    repository: 'measured',
    tag: 'v1',
    files: {
      Dockerfile: 'FROM node:20\nCOPY app.mjs .\nEXPOSE 8080\nCMD ["node","app.mjs"]',
      'app.mjs': app,
    },
  });
}

/** Creates services of one task definition each; resolves when they were created, not when they are steady. */
export async function loadServices(
  endpoint: string,
  prefix: string,
  count: number,
  desiredCount: number,
): Promise<void> {
  const subnet = await defaultSubnet(endpoint);
  for (let at = 0; at < count; at++) {
    const name = `${prefix}-${at}`;
    await send(endpoint, ecs('RegisterTaskDefinition', taskDefinition(name)));
    await send(
      endpoint,
      ecs('CreateService', {
        cluster: 'measured',
        serviceName: name,
        taskDefinition: name,
        desiredCount,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
      }),
    );
  }
}

/** Resolves when every service runs as many tasks as it should; throws after a minute. */
export async function servicesRun(endpoint: string, prefix: string, count: number): Promise<void> {
  const endsAt = performance.now() + 60_000;
  const names = Array.from({ length: count }, (_, at) => `${prefix}-${at}`);
  // DescribeServices takes ten at a time.
  for (let from = 0; from < count; ) {
    const services = names.slice(from, from + 10);
    const call = ecs('DescribeServices', { cluster: 'measured', services });
    const answer = (await send(endpoint, call)) as {
      services: { runningCount: number; desiredCount: number }[];
    };
    if (answer.services.every((each) => each.runningCount === each.desiredCount)) from += 10;
    else if (performance.now() > endsAt) throw new Error(`Services ${services} do not run`);
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function taskDefinition(family: string) {
  return {
    family,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/measured',
    containerDefinitions: [
      {
        name: 'app',
        image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/measured:v1',
        portMappings: [{ containerPort: 8080 }],
      },
    ],
  };
}

/** Without it no task could pull its image. */
async function createExecutionRole(endpoint: string): Promise<void> {
  const iam = (action: string, input: Record<string, string>) =>
    send(endpoint, query('iam', '2010-05-08', action, { RoleName: 'measured', ...input }));
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await iam('CreateRole', { AssumeRolePolicyDocument: JSON.stringify(trust) });
  await iam('AttachRolePolicy', {
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
  });
}

const ec2 = (action: string, input: Record<string, string>) =>
  query('ec2', '2016-11-15', action, input);

async function defaultVpc(endpoint: string): Promise<string> {
  const filter = { 'Filter.1.Name': 'is-default', 'Filter.1.Value.1': 'true' };
  return only(await send(endpoint, ec2('DescribeVpcs', filter)), /<vpcId>(vpc-\w+)</);
}

async function defaultSubnet(endpoint: string): Promise<string> {
  const filter = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': await defaultVpc(endpoint) };
  return only(await send(endpoint, ec2('DescribeSubnets', filter)), /<subnetId>(subnet-\w+)</);
}

function only(answer: unknown, pattern: RegExp): string {
  const [, found] = pattern.exec(String(answer)) ?? [];
  if (found === undefined) throw new Error(`No ${pattern} in ${String(answer)}`);
  return found;
}
