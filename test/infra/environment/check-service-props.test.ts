import { Token } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { servicePropsMistakes } from '../../../infra/constructs/environment/check-service-props.ts';
import type { GreengateServiceProps } from '../../../infra/constructs/environment/props.ts';
import { writableVolumes } from '../../../infra/constructs/environment/writable-volumes.ts';

const mistakes = (props: object) =>
  servicePropsMistakes({
    ...{ serviceName: 'shop', firstImageDirectory: 'shop' },
    ...(props as Partial<GreengateServiceProps>),
  });

describe('servicePropsMistakes', () => {
  it.each<[object, string]>([
    [{ strategy: 'rolling' }, 'strategy is one of codedeploy, ecs-rolling, got "rolling"'],
    [{ architecture: 'amd64' }, 'architecture is one of x86_64, arm64, got "amd64"'],
    [
      { serviceName: 's'.repeat(33) },
      `serviceName must be 1 to 32 letters, digits, hyphens or underscores, the first a letter or digit, got "${'s'.repeat(33)}"`,
    ],
    [
      { containerName: 'my app' },
      'containerName must be 1 to 255 letters, digits, hyphens or underscores, the first a letter or digit, got "my app"',
    ],
    [{ containerPort: 0 }, 'containerPort must be a whole number from 1 to 65535, got 0'],
    [{ containerPort: 65_536 }, 'containerPort must be a whole number from 1 to 65535, got 65536'],
    [{ desiredCount: 1.5 }, 'desiredCount must be a whole number from 0 on, got 1.5'],
    [{ healthGraceSeconds: -1 }, 'healthGraceSeconds must be a whole number from 0 on, got -1'],
    [
      { memoryMiB: 4_096 },
      'on Fargate cpu 256 goes with memoryMiB 512, 1024 or 2048, got cpu 256, memoryMiB 4096',
    ],
    [
      { cpu: 1_024, memoryMiB: 1_024 },
      'on Fargate cpu 1024 goes with memoryMiB from 2048 to 8192 in steps of 1024, got cpu 1024, memoryMiB 1024',
    ],
    [
      { cpu: 8_192, memoryMiB: 17_408 },
      'on Fargate cpu 8192 goes with memoryMiB from 16384 to 61440 in steps of 4096, got cpu 8192, memoryMiB 17408',
    ],
    [
      { cpu: 0.25 },
      'on Fargate cpu is one of 256, 512, 1024, 2048, 4096, 8192, 16384, got cpu 0.25, memoryMiB 512',
    ],
    [{ instanceType: 't3.small' }, "instanceType needs capacity: 'ec2'; Fargate has no instances"],
    [
      { instanceType: 't3.small', maxInstances: 3 },
      "instanceType and maxInstances need capacity: 'ec2'; Fargate has no instances",
    ],
    [
      { capacity: 'ec2', architecture: 'arm64', instanceType: 't3.small' },
      'instanceType t3.small is x86_64, and architecture is arm64',
    ],
    [
      { capacity: 'ec2', instanceType: 'c7gn.large' },
      'instanceType c7gn.large is arm64, and architecture is x86_64',
    ],
    [
      { capacity: 'ec2', instanceType: 't3small' },
      'instanceType must be a type such as t3.small, got "t3small"',
    ],
    [{ capacity: 'ec2', maxInstances: 1 }, 'maxInstances must be a whole number from 2 on, got 1'],
    [
      { strategy: 'ecs-rolling', shift: 'ECSAllAtOnce' },
      `shift "ECSAllAtOnce" needs strategy: 'codedeploy'; ECS rolls task by task`,
    ],
    [
      { environment: { A: '1', B: '2' }, secrets: { B: 'shop/b' } },
      'B is in environment and in secrets; a container has it once',
    ],
    [
      { alarmNames: 'abcdefghij'.split('') },
      "alarmNames takes at most 9 beside the service's own, got 10",
    ],
  ])('%j: %s', (props, mistake) => {
    expect(mistakes(props)).toEqual([mistake]);
  });

  it.each<object>([
    {},
    { desiredCount: 0, healthGraceSeconds: 0, containerPort: 65_535, memoryMiB: 2_048 },
    { cpu: 16_384, memoryMiB: 122_880, alarmNames: 'abcdefghi'.split('') },
    { capacity: 'ec2', cpu: 300, memoryMiB: 700, instanceType: 'g4dn.xlarge', maxInstances: 2 },
    { capacity: 'ec2', architecture: 'arm64', instanceType: 'a1.large' },
    { capacity: 'ec2', desiredCount: 1, maxInstances: 1 },
    { strategy: 'ecs-rolling', alarmNames: 'abcdefghijkl'.split('') },
  ])('takes %j', (props) => {
    expect(mistakes(props)).toEqual([]);
  });
});

it('leaves to CloudFormation what only its parameters know', () => {
  const parameter = { Ref: 'Parameter' };
  const [number, text] = [Token.asNumber(parameter), Token.asString(parameter)];
  const props = {
    desiredCount: number,
    containerPort: number,
    healthPath: text,
    clusterName: text,
  };
  expect(mistakes(props)).toEqual([]);
});

it('volumes of folders that are called alike have names of their own', () => {
  const { volumes, mountPoints } = writableVolumes(['/a/b', '/a-b', '/a.b']);
  expect(volumes).toEqual([{ name: 'a-b' }, { name: 'a-b-2' }, { name: 'a-b-3' }]);
  expect(mountPoints.map(({ sourceVolume }) => sourceVolume)).toEqual(['a-b', 'a-b-2', 'a-b-3']);
});
