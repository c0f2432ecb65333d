import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../functions/core/config/schema.ts';
import { repositoryConfig, type Synthesized, synthesize } from './synthesized.ts';
import { actionsOf, statementsOf } from './template.ts';

let rolling: Synthesized;

beforeAll(() => {
  const { services, ...config } = repositoryConfig();
  const target = {
    strategy: 'ecs-rolling' as const,
    cluster: 'greengate-sample',
    service: 'shop',
    container: 'app',
  };
  rolling = synthesize(
    configSchema.parse({ ...config, services: services.map((one) => ({ ...one, target })) }),
  );
});

afterAll(() => rolling.dispose());

const text = () => JSON.stringify(rolling.controller.json);

describe('the stacks of a configuration with rolling updates alone', () => {
  it('has no rule for deployments of CodeDeploy, and no permission on any', () => {
    expect(text()).not.toContain('greengate-deployment-changed');
    expect(text()).not.toContain('codedeploy:CreateDeployment');
  });

  it.each([
    ['ecs:UpdateService', ':service/greengate-sample/shop"'],
    ['ecs:StopServiceDeployment', ':service-deployment/greengate-sample/shop/*"'],
    ['ecs:DescribeServiceRevisions', ':service-revision/greengate-sample/shop/*"'],
  ])('lets roll-out use %s on %s', (action, resource) => {
    const statement = statementsOf(rolling.controller.roleOf('greengate-roll-out')).find(
      ({ actions }) => actions.includes(action),
    );
    expect(JSON.stringify(statement?.resources)).toContain(resource);
    expect(statement?.resources).not.toContain('*');
  });

  it('lets nobody else change the service', () => {
    const { controller } = rolling;
    const users = controller.functionNames.filter((name) =>
      actionsOf(controller.roleOf(name)).includes('ecs:UpdateService'),
    );
    expect(users).toEqual(['greengate-roll-out']);
  });

  it('brings a sample service under the ECS controller, without CodeDeploy', () => {
    const [service] = rolling.sample.ofType('AWS::ECS::Service');
    expect(service?.properties).toMatchObject({
      DeploymentController: { Type: 'ECS' },
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
    expect(rolling.sample.ofType('AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
  });

  it('gives it one target group and no test listener, nor a port for one', () => {
    const listeners = rolling.sample.ofType('AWS::ElasticLoadBalancingV2::Listener');
    expect(listeners.map(({ properties }) => properties.Port)).toEqual([80]);
    expect(rolling.sample.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(1);
    expect(JSON.stringify(rolling.sample.json)).not.toContain('Test listener: lifecycle hooks');
  });
});
