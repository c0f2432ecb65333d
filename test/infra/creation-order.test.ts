import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Synthesized, synthesize } from './synthesized.ts';
import type { Template } from './template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

/** CloudFormation creates these resources before `logicalId`, and deletes them after it. */
function createdBefore(template: Template, logicalId: string): Set<string> {
  const found = new Set<string>();
  const resources = template.json.Resources as Record<string, Record<string, unknown>>;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (typeof value === 'object' && value !== null) {
      if ('Ref' in value) add(value.Ref);
      if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) add(value['Fn::GetAtt'][0]);
      for (const each of Object.values(value)) visit(each);
    }
  };
  const add = (id: unknown): void => {
    if (typeof id !== 'string' || found.has(id) || !(id in resources)) return;
    found.add(id);
    follow(id);
  };
  const follow = (id: string): void => {
    const { Properties, DependsOn = [] } = resources[id] ?? {};
    visit(Properties);
    for (const each of [DependsOn].flat()) add(each);
  };
  follow(logicalId);
  return found;
}

describe('the sample stack', () => {
  const namedFirst = (type: string, members = {}) => {
    const { sample } = synthesized;
    return createdBefore(sample, sample.one(type, members).logicalId);
  };
  const ids = (type: string) => synthesized.sample.ofType(type).map(({ logicalId }) => logicalId);

  it('opens the way out of the private subnets before the first task pulls its image', () => {
    const throughNat = synthesized.sample
      .ofType('AWS::EC2::Route')
      .filter(({ properties }) => 'NatGatewayId' in properties)
      .map(({ logicalId }) => logicalId);
    expect(throughNat).toHaveLength(2);
    expect([...namedFirst('AWS::ECS::Service')]).toEqual(expect.arrayContaining(throughNat));
  });

  it('puts the first target group behind both listeners before the service joins it', () => {
    expect([...namedFirst('AWS::ECS::Service')]).toEqual(
      expect.arrayContaining(ids('AWS::ElasticLoadBalancingV2::Listener')),
    );
  });

  it('deletes both listeners before either target group, which CodeDeploy left in their rules', () => {
    for (const Port of [80, 8080]) {
      expect([...namedFirst('AWS::ElasticLoadBalancingV2::Listener', { Port })]).toEqual(
        expect.arrayContaining(ids('AWS::ElasticLoadBalancingV2::TargetGroup')),
      );
    }
  });

  it('has the role of CodeDeploy ready while the service still starts, and both before the group', () => {
    const Description = 'CodeDeploy: shifts traffic of the sample service';
    const role = synthesized.sample.one('AWS::IAM::Role', { Description }).logicalId;
    const [service] = ids('AWS::ECS::Service');
    expect([...namedFirst('AWS::IAM::Role', { Description })]).not.toContain(service);
    expect([...namedFirst('AWS::CodeDeploy::DeploymentGroup')]).toEqual(
      expect.arrayContaining([role, service]),
    );
  });

  it('keeps the revision that may still run when a stack update registers another', () => {
    const { logicalId } = synthesized.sample.one('AWS::ECS::TaskDefinition');
    const resources = synthesized.sample.json.Resources as Record<string, unknown>;
    expect(resources[logicalId]).toMatchObject({ UpdateReplacePolicy: 'Retain' });
  });
});

describe('the controller stack', () => {
  it('reads nothing of the sample but the network of its hooks', () => {
    const imports = [
      ...JSON.stringify(synthesized.controller.json).matchAll(/"Fn::ImportValue":"([^"]+)"/g),
    ].map(([, name]) => name?.replace(/[0-9A-F]{8}[0-9A-F]*$/, ''));
    expect([...new Set(imports)].toSorted()).toEqual([
      expect.stringContaining('HookSecurityGroup'),
      expect.stringContaining('PrivateSubnet1'),
      expect.stringContaining('PrivateSubnet2'),
    ]);
  });
});
