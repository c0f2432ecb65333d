import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseAppSpec } from '../../../simulator/codedeploy/app-spec.ts';
import { trafficSteps } from '../../../simulator/codedeploy/deployment-config.ts';
import { appSpec, everyHook } from './deployment-fixture.ts';

const document = () => JSON.parse(everyHook);
const expected = {
  taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:2',
  containerName: 'app',
  containerPort: 8080,
  platformVersion: undefined,
  networkConfiguration: undefined,
  capacityProviderStrategy: undefined,
};

describe('an AppSpec', () => {
  it.each([
    ['JSON', everyHook],
    ['indented JSON', JSON.stringify(document(), null, 2)],
    ['YAML', stringify(document())],
  ])('is read as %s', (_, text) => {
    const { hooks, ...rest } = parseAppSpec(text);
    expect(rest).toEqual(expected);
    expect([...hooks]).toEqual([
      ['BeforeInstall', 'hook-BeforeInstall'],
      ['AfterInstall', 'hook-AfterInstall'],
      ['AfterAllowTestTraffic', 'hook-AfterAllowTestTraffic'],
      ['BeforeAllowTraffic', 'hook-BeforeAllowTraffic'],
      ['AfterAllowTraffic', 'hook-AfterAllowTraffic'],
    ]);
  });

  it('is read with its members in any case and its resource under any name, as the AWS CLI writes it', () => {
    const lower = `
version: 0.0
resources:
  - shop:
      type: AWS::ECS::Service
      properties:
        taskDefinition: ${expected.taskDefinition}
        loadBalancerInfo: { containerName: app, containerport: 8080 }
        networkConfiguration:
          awsvpcConfiguration: { subnets: [subnet-1], securityGroups: [sg-1], assignPublicIp: DISABLED }
        capacityProviderStrategy: [{ capacityProvider: FARGATE, base: 0, weight: 1 }]
hooks:
  - AfterInstall: hook-AfterInstall
`;
    expect(parseAppSpec(lower)).toEqual({
      ...expected,
      networkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ['subnet-1'],
          SecurityGroups: ['sg-1'],
          AssignPublicIp: 'DISABLED',
        },
      },
      capacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 0, Weight: 1 }],
      hooks: new Map([['AfterInstall', 'hook-AfterInstall']]),
    });
  });

  it('is read as consoles and modules write it: version 1, the type in capitals, events without a function', () => {
    const text = JSON.stringify({
      version: 1,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::SERVICE',
            Properties: {
              TaskDefinition: expected.taskDefinition,
              LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
            },
          },
        },
      ],
      Hooks: [{ BeforeInstall: null }, { AfterInstall: 'check' }],
    });
    expect(parseAppSpec(text)).toMatchObject({
      containerPort: 8080,
      hooks: new Map([['AfterInstall', 'check']]),
    });
  });

  const change = (mutate: (spec: ReturnType<typeof document>) => void) => {
    const spec = document();
    mutate(spec);
    return JSON.stringify(spec);
  };
  const properties = (spec: ReturnType<typeof document>) =>
    spec.Resources[0].TargetService.Properties;

  it.each<[string, string, RegExp]>([
    ['is no YAML', '{ "a": ', /could not be parsed/],
    ['nests without end', '- '.repeat(20_000), /could not be parsed: it is nested too deeply$/],
    ['is a bare text', 'hello', /AppSpec: /],
    [
      'has another version',
      change((spec) => {
        spec.version = 2;
      }),
      /version/,
    ],
    [
      'has no resources',
      change((spec) => {
        delete spec.Resources;
      }),
      /Resources/,
    ],
    [
      'names a task definition without revision',
      change((spec) => {
        properties(spec).TaskDefinition = 'shop';
      }),
      /TaskDefinition: expected a task definition ARN with its revision/,
    ],
    [
      'has its port as text',
      change((spec) => {
        properties(spec).LoadBalancerInfo.ContainerPort = '8080';
      }),
      /ContainerPort/,
    ],
    [
      'has a network without security groups',
      change((spec) => {
        properties(spec).NetworkConfiguration = {
          AwsvpcConfiguration: { Subnets: ['s'], AssignPublicIp: 'ENABLED' },
        };
      }),
      /SecurityGroups/,
    ],
    [
      'has an unknown member',
      change((spec) => {
        properties(spec).Cluster = 'main';
      }),
      /Cluster/,
    ],
    [
      'has a member twice, in two cases',
      change((spec) => {
        properties(spec).taskdefinition = expected.taskDefinition;
      }),
      /Resources\.0\.TargetService\.Properties: taskdefinition occurs twice, as TaskDefinition as well/,
    ],
    [
      'has two services in one entry',
      change((spec) => {
        spec.Resources[0].Other = spec.Resources[0].TargetService;
      }),
      /Resources\.0: .*Other/,
    ],
    [
      'has an event in another case',
      change((spec) => {
        spec.Hooks = [{ beforeinstall: 'f' }];
      }),
      /Hooks\.0: .*beforeinstall/,
    ],
    [
      'has an unknown event',
      change((spec) => {
        spec.Hooks = [{ AllowTraffic: 'f' }];
      }),
      /Hooks/,
    ],
    [
      'has hooks as a map',
      change((spec) => {
        spec.Hooks = { BeforeInstall: 'f' };
      }),
      /Hooks/,
    ],
    [
      'has two events in one entry',
      change((spec) => {
        spec.Hooks = [{ BeforeInstall: 'f', AfterInstall: 'g' }];
      }),
      /exactly one key/,
    ],
    [
      'has an event twice',
      change((spec) => {
        spec.Hooks = [{ BeforeInstall: 'f' }, { BeforeInstall: 'g' }];
      }),
      /BeforeInstall occurs twice/,
    ],
  ])('that %s is refused', (_, text, message) => {
    expect(() => parseAppSpec(text)).toThrow(
      expect.objectContaining({
        code: 'InvalidRevisionException',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('is never misread: any text gives an AppSpec or InvalidRevisionException', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => parseAppSpec(text)).toThrow(
          expect.objectContaining({ code: 'InvalidRevisionException' }),
        );
      }),
    );
    expect(parseAppSpec(appSpec()).hooks.size).toBe(0);
  });
});

describe('traffic steps', () => {
  const percent = fc.integer({ min: 1, max: 99 });
  it('grow strictly to 100 and wait before each but the last', () => {
    const routing = fc.oneof(
      percent.map((canaryPercentage) => ({
        type: 'TimeBasedCanary' as const,
        timeBasedCanary: { canaryPercentage, canaryInterval: 5 },
      })),
      percent.map((linearPercentage) => ({
        type: 'TimeBasedLinear' as const,
        timeBasedLinear: { linearPercentage, linearInterval: 5 },
      })),
    );
    fc.assert(
      fc.property(routing, (config) => {
        const steps = trafficSteps(config);
        const shares = steps.map((step) => step.replacementPercent);
        expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
        expect(shares.at(-1)).toBe(100);
        expect(steps.map((step) => step.waitMinutes)).toEqual([...steps.slice(1).map(() => 5), 0]);
      }),
    );
  });

  it.each([
    [33, [33, 66, 99, 100]],
    [50, [50, 100]],
  ])('of a linear %d percent are %j', (linearPercentage, shares) => {
    const steps = trafficSteps({
      type: 'TimeBasedLinear',
      timeBasedLinear: { linearPercentage, linearInterval: 1 },
    });
    expect(steps.map((step) => step.replacementPercent)).toEqual(shares);
  });
});
