import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serviceRole } from '../../../simulator/ecs/service-role.ts';
import { IamModel } from '../../../simulator/iam/model.ts';
import { policyDocument } from '../../../simulator/iam/policy-document.ts';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
let iam: IamModel;
beforeEach(() => {
  fixture = new EcsFixture();
  iam = new IamModel(fixture.world);
  fixture.world.provide('iam', iam);
});
afterEach(() => fixture.stop());

const account = 'arn:aws:iam::111122223333';
const balancer = { containerName: 'app', containerPort: 8080, targetGroupArn: 'arn' };

function makeRole(Service: string, Action: string): void {
  iam.createRole({
    roleName: 'balancing',
    path: '/',
    description: undefined,
    trust: policyDocument.parse({
      Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' },
    }),
    inlinePolicies: new Map([
      ['does', policyDocument.parse({ Statement: { Effect: 'Allow', Action, Resource: '*' } })],
    ]),
  });
}

const roleOf = (more: Partial<CreateServiceCommandInput>, networkMode = 'bridge') =>
  serviceRole(
    fixture.world,
    { serviceName: 'shop', role: 'balancing', loadBalancers: [balancer], ...more },
    networkMode,
  );

it('is the one that is named, by name or ARN, else the service-linked one', () => {
  makeRole('ecs.amazonaws.com', 'elasticloadbalancing:Describe*');
  expect(roleOf({})).toBe(`${account}:role/balancing`);
  expect(roleOf({ role: `${account}:role/balancing` })).toBe(`${account}:role/balancing`);
  expect(roleOf({ role: undefined })).toBe(
    `${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
  );
});

it.each([
  ['whose tasks have interfaces of their own', {}, 'awsvpc'],
  ['with several target groups', { loadBalancers: [balancer, balancer] }, 'bridge'],
  ['of an external controller', { deploymentController: { type: 'EXTERNAL' } }, 'bridge'],
] as const)('cannot be named for a service %s', (_, more, networkMode) => {
  makeRole('ecs.amazonaws.com', 'elasticloadbalancing:*');
  expect(() => roleOf(more as object, networkMode)).toThrow(
    'You cannot specify an IAM role for services that require a service linked role.',
  );
});

it.each([
  ['does not trust ECS', 'ec2.amazonaws.com', 'elasticloadbalancing:*'],
  ['may not look at target groups', 'ecs.amazonaws.com', 's3:GetObject'],
])('one that %s is refused', (_, service, action) => {
  makeRole(service, action);
  expect(() => roleOf({})).toThrow(
    'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
  );
});

it('is told when the service is described', () => {
  makeRole('ecs.amazonaws.com', 'elasticloadbalancing:*');
  const cluster = fixture.model.clusters.get('sample');
  const input = { role: 'balancing', taskDefinition: 'shop:1', loadBalancers: [balancer] };
  const { services } = fixture.model;
  const service = services.create(cluster, { serviceName: 'shop', ...input }, undefined, 'bridge');
  expect(service.roleArn).toBe(`${account}:role/balancing`);
});
