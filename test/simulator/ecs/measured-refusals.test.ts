import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { checkTaskDefinition } from '../../../simulator/ecs/task-definition-rules.ts';
import { taskDefinitionInput } from './ecs-fixture.ts';

// Sentences that badmintoncryer/cdk-preflight measured with AWS (rules pf-ecs-*, September 2026), unless noted.

const valid = taskDefinitionInput({});
const [container] = valid.containerDefinitions ?? [];
const thrown = (code: string, message: string) => expect.objectContaining({ code, message });

const logs = (logDriver: string, options: Record<string, string> = {}) => ({
  logConfiguration: { logDriver: logDriver as 'awslogs', options },
});
const awslogs = { 'awslogs-group': 'g', 'awslogs-region': 'eu-west-1' };
const health = (more: object) => ({ healthCheck: { command: ['CMD', 'true'], ...more } });

describe('RegisterTaskDefinition', () => {
  const containers: [Partial<ContainerDefinition>, string][] = [
    [
      { portMappings: [80, 81].map((containerPort) => ({ containerPort, name: 'web' })) },
      'When networkMode=awsvpc, port mapping name is already used',
    ],
    [
      {
        environmentFiles: Array.from({ length: 11 }, (_, index) => ({
          type: 's3' as const,
          value: `arn:aws:s3:::settings/${index}.env`,
        })),
      },
      'The maximum number of environment files was exceeded. Specify ten or less and try again.',
    ],
    [{ environmentFiles: [{ type: 's3', value: 'settings/shop.env' }] }, 'Invalid arn syntax.'],
    [
      health({ interval: 301 }),
      "Health check interval must be less than or equal to the maximum allowed value 300 for container 'app'",
    ],
    [
      health({ retries: 11 }),
      "Health check retries must be less than or equal to the maximum allowed value 10 for container 'app'",
    ],
    [
      { restartPolicy: { enabled: true, restartAttemptPeriod: 59 } },
      "The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.",
    ],
    [
      { privileged: true },
      'Fargate requires that the ‘privileged’ setting be ‘false’ at the container level.',
    ],
    [
      { linuxParameters: { devices: [{ hostPath: '/dev/x' }] } },
      'Fargate compatible task definitions do not support devices',
    ],
    [
      { linuxParameters: { sharedMemorySize: 64 } },
      'Fargate compatible task definitions do not support sharedMemorySize',
    ],
    [
      { linuxParameters: { maxSwap: 64 } },
      'Fargate compatible task definitions do not support maxSwap',
    ],
    [
      { linuxParameters: { capabilities: { add: ['NET_ADMIN'] } } },
      'NET_ADMIN is not allowed on Fargate.',
    ],
    [
      { dockerSecurityOptions: ['no-new-privileges'] },
      'Fargate compatible task definitions do not support dockerSecurityOptions',
    ],
    [
      { resourceRequirements: [{ type: 'GPU', value: '1' }] },
      'Tasks using the Fargate launch type do not support GPU resource requirements.',
    ],
    [{ hostname: 'shop' }, 'hostname is not supported on container when networkMode=awsvpc.'],
    [
      { dnsServers: ['10.0.0.2'] },
      'DNS servers are not supported on container when networkMode=awsvpc.',
    ],
    [
      { disableNetworking: true },
      'Disable Networking is not supported on container when networkMode=awsvpc.',
    ],
    [
      logs('json-file'),
      'json-file is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]',
    ],
    [
      logs('awslogs', awslogs),
      'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.',
    ],
    // Observed, aws-samples/amazon-ecs-firelens-examples #83.
    [
      logs('awslogs', { ...awslogs, 'awslogs-stream-prefix': 'p', log_key: 'log' }),
      'Log driver awslogs disallows options: log_key',
    ],
  ];
  it.each(containers)('of a container with %j is refused', (members, message) => {
    const containerDefinitions = [{ ...container, ...members }];
    expect(() => checkTaskDefinition({ ...valid, containerDefinitions })).toThrow(
      thrown('ClientException', message),
    );
  });

  const tasks: [string, Partial<RegisterTaskDefinitionCommandInput>, string][] = [
    [
      'two containers of one name',
      { containerDefinitions: [{ ...container }, { ...container }] },
      'Container names must be unique within a task definition.',
    ],
    [
      'nothing essential',
      { containerDefinitions: [{ ...container, essential: false }] },
      "Task definition doesn't have any essential container.",
    ],
    [
      'eleven containers',
      {
        containerDefinitions: Array.from({ length: 11 }, (_, index) => ({
          ...container,
          name: `c${index}`,
        })),
      },
      'Too many containers.',
    ],
    [
      'a wait for health that nobody checks',
      {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: 'side', condition: 'HEALTHY' }] },
          { name: 'side', image: 'x' },
        ],
      },
      'A dependency container with HEALTHY condition must have health check configured',
    ],
    ['ipcMode', { ipcMode: 'task' }, 'Fargate compatible task definitions do not support ipcMode'],
    [
      'pidMode host',
      { pidMode: 'host' },
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ],
    [
      'placement constraints',
      { placementConstraints: [{ type: 'memberOf', expression: 'attribute:x exists' }] },
      'Fargate compatible task definitions do not support constraints',
    ],
    [
      'inference accelerators',
      { inferenceAccelerators: [{ deviceName: 'a', deviceType: 'b' }] },
      "Unsupported field 'inferenceAccelerators'.",
    ],
    [
      'a Docker volume',
      { volumes: [{ name: 'v', dockerVolumeConfiguration: { scope: 'task' } }] },
      'Fargate compatible task definitions do not support dockerVolumeConfiguration',
    ],
    [
      'a path of the host',
      { volumes: [{ name: 'v', host: { sourcePath: '/data' } }] },
      'Fargate compatible task definitions do not support sourcePath',
    ],
    [
      '20 GiB',
      { ephemeralStorage: { sizeInGiB: 20 } },
      'EphemeralStorage size should be at least 21',
    ],
    [
      '201 GiB',
      { ephemeralStorage: { sizeInGiB: 201 } },
      'EphemeralStorage size should be at most 200',
    ],
    // Observed: aws/amazon-ecs-cli #1145.
    [
      'another network mode',
      { networkMode: 'host' },
      'Fargate only supports network mode ‘awsvpc’.',
    ],
  ];
  it.each(tasks)('with %s is refused', (_, members, message) => {
    expect(() => checkTaskDefinition({ ...valid, ...members })).toThrow(
      thrown('ClientException', message),
    );
  });

  const values: [string, Partial<RegisterTaskDefinitionCommandInput>, string][] = [
    [
      'compatibility',
      { requiresCompatibilities: ['FARGATE', 'LAMBDA' as never] },
      'requires compatibilities should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]',
    ],
    [
      'architecture',
      { runtimePlatform: { cpuArchitecture: 'RISCV' as never } },
      'cpu architecture should be one of [X86_64,ARM64]',
    ],
    [
      'protocol',
      {
        containerDefinitions: [
          { ...container, portMappings: [{ containerPort: 1, protocol: 'sctp' as never }] },
        ],
      },
      'protocol should be one of [tcp,udp]',
    ],
    [
      'condition',
      {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: 'side', condition: 'READY' as never }] },
          { name: 'side', image: 'x' },
        ],
      },
      'condition should be one of [START,COMPLETE,SUCCESS,HEALTHY]',
    ],
    [
      'version consistency',
      { containerDefinitions: [{ ...container, versionConsistency: 'on' as never }] },
      'version consistency should be one of [enabled,disabled]',
    ],
  ];
  it.each(values)(
    'with a value of %s that does not exist is refused (our words)',
    (_, members, message) => {
      expect(() => checkTaskDefinition({ ...valid, ...members })).toThrow(
        thrown('ClientException', message),
      );
    },
  );

  it('for EC2 takes what Fargate refuses, a driver of its own included (aws/amazon-ecs-agent #2286)', () => {
    const { name, image } = container ?? {};
    expect(() =>
      checkTaskDefinition({
        family: 'shop',
        networkMode: 'bridge',
        pidMode: 'host',
        ipcMode: 'host',
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:x exists' }],
        containerDefinitions: [
          { name, image, memory: 64, privileged: true, hostname: 'shop', ...logs('loki') },
        ],
      }),
    ).not.toThrow();
  });
});
