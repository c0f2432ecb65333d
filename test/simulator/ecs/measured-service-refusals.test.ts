import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { checkStrategy } from '../../../simulator/ecs/capacity-strategy.ts';
import { checkBounds } from '../../../simulator/ecs/rolling/rolling-rules.ts';
import { checkCreateService } from '../../../simulator/ecs/service-rules.ts';

// Sentences that badmintoncryer/cdk-preflight measured with AWS (rules pf-ecs-*, September 2026), unless noted.

const thrown = (code: string, message: string) => expect.objectContaining({ code, message });

describe('CreateService', () => {
  const input: CreateServiceCommandInput = {
    serviceName: 'shop',
    taskDefinition: 'shop:1',
    desiredCount: 1,
    launchType: 'FARGATE',
  };
  const cases: [string, Partial<CreateServiceCommandInput>, string][] = [
    [
      'of CodeDeploy without a balancer',
      { deploymentController: { type: 'CODE_DEPLOY' } },
      'When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer or Network Load Balancer.',
    ],
    [
      'of an external controller with a task definition',
      { deploymentController: { type: 'EXTERNAL' }, launchType: undefined },
      'TaskDefinition must be blank.',
    ],
    [
      'of an external controller with a balancer',
      {
        deploymentController: { type: 'EXTERNAL' },
        taskDefinition: undefined,
        loadBalancers: [{ containerName: 'app' }],
      },
      'LoadBalancers must be empty or null.',
    ],
    [
      'on instances with a platform version',
      { launchType: 'EC2', platformVersion: '1.4.0' },
      'The platform version must be null when specifying an EC2 launch type.',
    ],
  ];
  const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };
  const alarms = { alarms: { alarmNames: ['high'], enable: true, rollback: true } };
  // The developer guide, "Troubleshooting Amazon ECS deployment strategy updates".
  const documented = [
    ['CODE_DEPLOY', { deploymentConfiguration: breaker }, 'Deployment circuit breaker feature'],
    ['EXTERNAL', { deploymentConfiguration: breaker }, 'Deployment circuit breaker feature'],
    ['CODE_DEPLOY', { deploymentConfiguration: alarms }, 'Alarm based rollback feature'],
  ] as const;
  for (const [type, members, feature] of documented) {
    cases.push([
      `of ${type} with what only the ECS controller has: ${feature}`,
      { deploymentController: { type }, ...members },
      `${feature} is only supported with ECS deployment controller. Update to ECS deployment controller and try again.`,
    ]);
  }
  for (const type of ['CODE_DEPLOY', 'EXTERNAL'] as const) {
    cases.push([
      `of ${type} with DAEMON scheduling`,
      { deploymentController: { type }, schedulingStrategy: 'DAEMON' },
      `The ${type} deployment controller type is not supported for services using the DAEMON scheduling strategy.`,
    ]);
  }
  it('of CodeDeploy may say that it has no circuit breaker', () => {
    const off = { deploymentCircuitBreaker: { enable: false, rollback: false } };
    expect(() =>
      checkCreateService({
        ...input,
        deploymentController: { type: 'CODE_DEPLOY' },
        loadBalancers: [{ containerName: 'app', containerPort: 80 }],
        deploymentConfiguration: off,
      }),
    ).not.toThrow();
  });
  it.each(cases)('%s is refused', (_, members, message) => {
    expect(() => checkCreateService({ ...input, ...members })).toThrow(
      thrown('InvalidParameterException', message),
    );
  });

  it('keeps percentages on their side of a hundred', () => {
    expect(() => checkBounds({ minimumHealthyPercent: 101, maximumPercent: 200 })).toThrow(
      thrown('InvalidParameterException', 'minimumHealthyPercent must be at most 100'),
    );
    expect(() => checkBounds({ minimumHealthyPercent: 50, maximumPercent: 99 })).toThrow(
      thrown('InvalidParameterException', 'maximumPercent must be at least 100'),
    );
    expect(() => checkBounds({ minimumHealthyPercent: -1, maximumPercent: 200 })).toThrow(
      thrown('InvalidParameterException', 'minimumHealthyPercent must be at least 0'),
    );
    expect(() => checkBounds({ minimumHealthyPercent: 50, maximumPercent: 100 })).not.toThrow();
  });

  it.each([
    [
      [{ capacityProvider: 'FARGATE', weight: 0 }],
      'There are no capacity providers in the capacity provider strategy with a weight value greater than zero. Specify a weight value greater than zero for at least one capacity provider and try again.',
    ],
    [
      ['FARGATE', 'FARGATE_SPOT'].map((capacityProvider) => ({
        capacityProvider,
        base: 1,
        weight: 1,
      })),
      'There are multiple capacity providers in the specified capacity provider strategy with a base value greater than zero. Only one capacity provider can have a base value greater than zero. Specify a valid capacity provider strategy and try again.',
    ],
    [
      [{ capacityProvider: 'mine', weight: 1 }],
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
    ],
  ])('with the strategy %j is refused', (strategy, message) => {
    expect(() => checkStrategy(strategy, ['FARGATE', 'FARGATE_SPOT'])).toThrow(
      thrown('InvalidParameterException', message),
    );
  });
});
