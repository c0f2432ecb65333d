import { describe, expect, it } from 'vitest';
import { checkTaskDefinition } from '../../../simulator/ecs/task-definition-rules.ts';
import { taskDefinitionInput } from './ecs-fixture.ts';

const valid = taskDefinitionInput({});
const [container] = valid.containerDefinitions ?? [];

describe('checkTaskDefinition', () => {
  it('accepts what Fargate runs', () => {
    expect(() => checkTaskDefinition(valid)).not.toThrow();
    expect(() => checkTaskDefinition({ ...valid, cpu: '1 vCPU', memory: '2 GB' })).not.toThrow();
  });

  it.each([
    [{ family: '' }, 'Family should not be null or blank.'],
    [{ family: 'a b' }, "Invalid family 'a b'"],
    [{ containerDefinitions: [] }, 'Container list cannot be empty.'],
    [
      { containerDefinitions: [{ ...container, name: '' }] },
      'Container.name should not be null or blank.',
    ],
    [
      { containerDefinitions: [{ ...container, image: '' }] },
      'Container.image should not be null or blank.',
    ],
    [
      { containerDefinitions: [{ ...container }, { ...container }] },
      'Container names must be unique within a task definition.',
    ],
    [
      { containerDefinitions: [{ ...container, essential: false }] },
      "Task definition doesn't have any essential container.",
    ],
    [
      {
        containerDefinitions: [
          { ...container, portMappings: [{ containerPort: 80, hostPort: 81 }] },
        ],
      },
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [{ networkMode: 'bridge' as const }, 'Fargate only supports network mode ‘awsvpc’.'],
    [{ cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [{ memory: '256' }, 'No Fargate configuration exists for given values: 256 CPU, 256 memory.'],
    [{ executionRoleArn: undefined }, 'execution role ARN to support log driver awslogs'],
  ])('refuses %j', (change, message) => {
    expect(() => checkTaskDefinition({ ...valid, ...change })).toThrow(message);
  });
});

describe('rules of containers', () => {
  const check = (change: object, more = {}) => {
    checkTaskDefinition({
      ...valid,
      volumes: [{ name: 'data' }],
      containerDefinitions: [
        { ...container, ...change },
        { name: 'side', image: 'x', essential: false },
      ],
      ...more,
    });
  };
  const health = (more: object) => ({ healthCheck: { command: ['CMD', 'true'], ...more } });

  it('accept what AWS accepts at its bounds', () => {
    check(health({ interval: 5, timeout: 60, retries: 10, startPeriod: 300 }));
    check({ restartPolicy: { enabled: true, restartAttemptPeriod: 1_800 } });
    check({ dependsOn: [{ containerName: 'side', condition: 'SUCCESS' }] });
    check({ mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }], stopTimeout: 120 });
    check({ memory: 512, cpu: 256 }, { ephemeralStorage: { sizeInGiB: 21 } });
  });

  it.each<[object, string]>([
    [
      health({ interval: 4 }),
      'Health check interval must be greater than or equal to the minimum allowed value 5',
    ],
    [
      health({ timeout: 61 }),
      'Health check timeout must be less than or equal to the maximum allowed value 60',
    ],
    [
      health({ retries: 0 }),
      'Health check retries must be greater than or equal to the minimum allowed value 1',
    ],
    [
      health({ startPeriod: 301 }),
      'Health check startPeriod must be less than or equal to the maximum allowed value 300',
    ],
    [health({ command: ['curl -f localhost'] }), 'must start with CMD or CMD-SHELL'],
    [
      { dependsOn: [{ containerName: 'db', condition: 'START' }] },
      "Cannot depend on container + 'db' because it does not exist",
    ],
    [
      { dependsOn: [{ containerName: 'app', condition: 'COMPLETE' }] },
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
    ],
    [{ dependsOn: [{ containerName: 'app', condition: 'START' }] }, 'circular dependency'],
    [
      { dependsOn: [{ containerName: 'side', condition: 'HEALTHY' }] },
      'must have health check configured',
    ],
    [{ mountPoints: [{ sourceVolume: 'none' }] }, "Unknown volume 'none'."],
    [{ links: ['side'] }, 'Links are not supported when networkMode=awsvpc.'],
    [{ memory: 1_024 }, "The 'memory' setting for container 'app' is greater than for the task."],
    [{ cpu: 257 }, "The sum of all container 'cpu' values cannot be greater"],
    [{ stopTimeout: 121 }, "'stopTimeout' must be between 0 and 120 seconds on Fargate."],
    [
      { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/shop' } } },
      'Log driver awslogs requires options: awslogs-region',
    ],
    [
      { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::settings/shop.txt' }] },
      'whose name ends in .env',
    ],
    [
      { restartPolicy: { enabled: true, restartAttemptPeriod: 59 } },
      "The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.",
    ],
  ])('refuse %j', (change, message) => {
    expect(() => check(change)).toThrow(message);
  });

  it.each<[object, string]>([
    [{ taskRoleArn: 'arn:aws:iam::1:user/x' }, 'Role is not valid'],
    [{ cpu: '0.5x' }, "Invalid 'cpu' setting for task."],
    [{ ephemeralStorage: { sizeInGiB: 20 } }, 'EphemeralStorage size should be at least 21'],
  ])('refuse the task definition for %j', (more, message) => {
    expect(() => check({}, more)).toThrow(message);
  });
});
