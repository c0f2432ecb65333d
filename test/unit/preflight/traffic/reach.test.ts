import { describe, expect, it } from 'vitest';
import type { SecurityGroupRule } from '../../../../functions/core/ports/network.ts';
import { targetGroup, tcpRule } from '../../../support/builders/traffic.ts';
import { blueGroup } from '../../../support/fakes/fake-load-balancing.ts';
import type { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask } from './ask.ts';

type Case = [what: string, spoil: (scene: TrafficScene) => void, finding: object];
const containing = (text: string): unknown => expect.stringContaining(text);

const setGroup =
  (id: string, direction: 'inbound' | 'outbound', ...rules: SecurityGroupRule[]) =>
  (scene: TrafficScene) => {
    scene.securityGroups = scene.securityGroups.map((group) =>
      group.id === id ? { ...group, [direction]: rules } : group,
    );
  };
const internal = (scene: TrafficScene) => {
  scene.balancer = { ...scene.balancer, scheme: 'internal' };
};
const outside = (scene: TrafficScene) => scene.setHooks({ vpc: undefined });
const all =
  (...spoilers: ((scene: TrafficScene) => void)[]) =>
  (scene: TrafficScene) => {
    for (const spoil of spoilers) spoil(scene);
  };

describe('hook-reach', () => {
  it.each<Case>([
    [
      'hooks in the VPC, by the address of the NAT gateway',
      () => undefined,
      {
        status: 'OK',
        observed: 'port 8080 of the internet-facing load balancer, from 203.0.113.7/32',
      },
    ],
    [
      'a second NAT gateway that is not let in',
      (scene) => {
        scene.natAddresses = ['203.0.113.7', '203.0.113.8'];
      },
      {
        status: 'NG',
        remedy: 'Let 203.0.113.7/32 and 203.0.113.8/32 in on TCP port 8080 in sg-balancer',
      },
    ],
    [
      'no NAT gateway at all',
      (scene) => {
        scene.natAddresses = [];
      },
      { status: 'NG', remedy: containing('a NAT gateway, of which vpc-1 has none') },
    ],
    [
      'no NAT gateway, and a balancer open to everybody',
      all(
        (scene) => {
          scene.natAddresses = [];
        },
        setGroup('sg-balancer', 'inbound', tcpRule(8080, { blocks: ['0.0.0.0/0'] })),
      ),
      { status: 'SKIP', reason: containing('vpc-1, which has no NAT gateway') },
    ],
    [
      'a rule for the hooks’ group, which counts for nothing from outside',
      setGroup('sg-balancer', 'inbound', tcpRule(8080, { securityGroupIds: ['sg-hooks'] })),
      { status: 'NG', observed: 'sg-balancer lets in on port 8080: sg-hooks' },
    ],
    [
      'hooks outside any VPC, not let in',
      outside,
      {
        status: 'NG',
        remedy: containing('Let 0.0.0.0/0 (hooks outside a VPC have no fixed address) in'),
      },
    ],
    [
      'hooks outside any VPC, let in',
      all(outside, setGroup('sg-balancer', 'inbound', tcpRule(8080, { blocks: ['0.0.0.0/0'] }))),
      { status: 'OK' },
    ],
    [
      'hooks outside any VPC and an internal balancer',
      all(outside, internal),
      {
        status: 'NG',
        expected: containing('hooks inside VPC vpc-1'),
        observed: containing('runs outside any VPC'),
      },
    ],
    [
      'an internal balancer, hooks let in by group',
      all(
        internal,
        setGroup('sg-balancer', 'inbound', tcpRule(8080, { securityGroupIds: ['sg-hooks'] })),
      ),
      { status: 'OK' },
    ],
    [
      'an internal balancer, hooks let in by block',
      all(internal, setGroup('sg-balancer', 'inbound', tcpRule(8080, { blocks: ['10.0.0.0/16'] }))),
      { status: 'OK', observed: containing('from 10.0.12.0/24') },
    ],
    [
      'an internal balancer, another port open',
      all(
        internal,
        setGroup('sg-balancer', 'inbound', tcpRule(8081, { securityGroupIds: ['sg-hooks'] })),
      ),
      {
        status: 'NG',
        observed: 'sg-balancer lets in on port 8080: nobody',
        remedy: 'Let sg-hooks in on TCP port 8080 in sg-balancer',
      },
    ],
    [
      'hooks that may not go out',
      setGroup('sg-hooks', 'outbound', tcpRule(443, { blocks: ['0.0.0.0/0'] })),
      {
        status: 'NG',
        observed: 'sg-hooks lets out on port 8080: nobody',
        remedy: 'Let TCP port 8080 out in sg-hooks',
      },
    ],
    [
      'only a prefix list',
      setGroup('sg-balancer', 'inbound', tcpRule(8080, { prefixListIds: ['pl-1'] })),
      { status: 'SKIP', reason: containing('prefix list') },
    ],
    [
      'an internal balancer in another VPC',
      all(internal, (scene) =>
        scene.setHooks({ vpc: { vpcId: 'vpc-2', subnetIds: [], securityGroupIds: [] } }),
      ),
      { status: 'SKIP', reason: containing('vpc-2') },
    ],
    [
      'a balancer without security groups',
      (scene) => {
        scene.balancer = { ...scene.balancer, securityGroupIds: [] };
      },
      { status: 'OK' },
    ],
    ['no hooks', (scene) => scene.hooks.clear(), { status: 'SKIP' }],
    [
      'no test listener',
      (scene) => scene.setGroup({ testListenerArn: undefined }),
      { status: 'SKIP' },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('hook-reach', spoil)).toMatchObject(finding);
  });
});

describe('balancer-reach', () => {
  const { healthCheck } = targetGroup(blueGroup);
  const checkedOn = (port: string) => (scene: TrafficScene) => {
    scene.targetGroups = [targetGroup(blueGroup, { healthCheck: { ...healthCheck, port } })];
  };
  it.each<Case>([
    [
      'the balancer’s group let in',
      () => undefined,
      { status: 'OK', observed: 'port 8080 is open to the load balancer' },
    ],
    [
      'the balancer’s subnets let in',
      setGroup('sg-tasks', 'inbound', tcpRule(8080, { blocks: ['10.0.0.0/16'] })),
      { status: 'OK' },
    ],
    [
      'only the tasks’ own subnets let in',
      setGroup('sg-tasks', 'inbound', tcpRule(8080, { blocks: ['10.0.4.0/22'] })),
      {
        status: 'NG',
        observed: 'sg-tasks lets in on port 8080: 10.0.4.0/22',
        remedy: 'Let sg-balancer in on TCP port 8080 in sg-tasks',
      },
    ],
    [
      'health checks on a closed port of their own',
      checkedOn('9090'),
      {
        status: 'NG',
        expected: 'a way from the load balancer to port 8080 and 9090 of the tasks',
        observed: 'sg-tasks lets in on port 9090: nobody',
      },
    ],
    [
      'a balancer that may not send to the tasks',
      setGroup('sg-balancer', 'outbound', tcpRule(8080, { securityGroupIds: ['sg-other'] })),
      { status: 'NG', remedy: 'Let TCP port 8080 out to sg-tasks in sg-balancer' },
    ],
    [
      'a balancer that may send to the tasks’ group',
      setGroup('sg-balancer', 'outbound', tcpRule(8080, { securityGroupIds: ['sg-tasks'] })),
      { status: 'OK' },
    ],
    [
      'only a prefix list',
      setGroup('sg-tasks', 'inbound', tcpRule(8080, { prefixListIds: ['pl-1'] })),
      { status: 'SKIP' },
    ],
    [
      'tasks in the default security group of their VPC',
      (scene) => scene.setService({ network: { subnetIds: ['subnet-a'], securityGroupIds: [] } }),
      { status: 'SKIP', reason: containing('default security group') },
    ],
    [
      'a balancer that is in a subnet of IPv6 alone as well',
      all(
        (scene) => {
          scene.balancer = { ...scene.balancer, subnetIds: ['subnet-public', 'subnet-six'] };
          scene.subnets = [
            ...scene.subnets,
            { id: 'subnet-six', vpcId: 'vpc-1', block: '', freeAddresses: 0 },
          ];
        },
        setGroup('sg-tasks', 'inbound', tcpRule(8080, { blocks: ['10.0.0.0/16'] })),
      ),
      { status: 'OK' },
    ],
    [
      'tasks on the network of instances',
      (scene) => scene.setService({ network: undefined }),
      { status: 'SKIP' },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('balancer-reach', spoil)).toMatchObject(finding);
  });
});
