import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateServiceLinkedRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let iam: IAMClient;
const options = () => ({
  endpoint: simulator.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
});
beforeEach(async () => {
  simulator = await createSimulator();
  iam = new IAMClient(options());
});
afterEach(async () => {
  iam.destroy();
  await simulator.stop();
});

const linked = async () => {
  const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: '/aws-service-role/' }));
  return Roles?.map(({ Path, RoleName }) => `${Path}${RoleName}`) ?? [];
};

it('service-linked roles of ECS and load balancing come with their first use, and once', async () => {
  expect(await linked()).toEqual([]);
  const ecs = new ECSClient(options());
  await ecs.send(new CreateClusterCommand({ clusterName: 'a' }));
  await ecs.send(new CreateClusterCommand({ clusterName: 'b' }));
  expect(await linked()).toEqual(['/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS']);
  const elbv2 = new ElasticLoadBalancingV2Client(options());
  const Subnets = simulator.models.ec2
    .all('subnet')
    .slice(0, 2)
    .map(({ id }) => id);
  await elbv2.send(new CreateLoadBalancerCommand({ Name: 'web', Subnets }));
  expect(await linked()).toContain(
    '/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing',
  );
  await expect(
    iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' })),
  ).rejects.toThrow('Service role name AWSServiceRoleForECS has been taken in this account');
  ecs.destroy();
  elbv2.destroy();
});
