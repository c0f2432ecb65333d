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
      "Container.name 'app' is not unique",
    ],
    [
      { containerDefinitions: [{ ...container, essential: false }] },
      'at least one essential container',
    ],
    [
      {
        containerDefinitions: [
          { ...container, portMappings: [{ containerPort: 80, hostPort: 81 }] },
        ],
      },
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [{ networkMode: 'bridge' as const }, "Fargate only supports network mode 'awsvpc'."],
    [{ cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [{ memory: '256' }, 'No Fargate configuration exists for given values: 256 CPU, 256 memory.'],
    [{ executionRoleArn: undefined }, 'execution role ARN to support log driver awslogs'],
  ])('refuses %j', (change, message) => {
    expect(() => checkTaskDefinition({ ...valid, ...change })).toThrow(message);
  });
});
