import type { ContainerDefinition, Volume } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { checkTaskDefinition } from '../../../simulator/ecs/task-definition-rules.ts';
import { taskDefinitionInput } from './ecs-fixture.ts';

// Where each sentence was seen stands in simulator/ecs/volume-rules.ts.

const efs = (more: Volume['efsVolumeConfiguration'] | object) => ({
  efsVolumeConfiguration: { fileSystemId: 'fs-1', ...more },
});

describe('RegisterTaskDefinition', () => {
  const register = (
    volume: Partial<Volume>,
    container: Partial<ContainerDefinition> = {
      mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
    },
  ) => {
    // On instances as well: Fargate refuses some of them for reasons of its own.
    const more = { requiresCompatibilities: [], volumes: [{ name: 'data', ...volume }] };
    checkTaskDefinition(taskDefinitionInput(container, more));
  };

  it.each<[string, Partial<Volume>, Partial<ContainerDefinition>?]>([
    ['a volume of a name alone', {}],
    ['what AWS answers for it', { host: {} }],
    ['EFS with an access point', efs({ authorizationConfig: { accessPointId: 'fsap-1' } })],
    [
      'EFS with IAM',
      efs({ transitEncryption: 'ENABLED', authorizationConfig: { iam: 'ENABLED' } }),
    ],
    ['an EBS volume', { configuredAtLaunch: true }],
    ['a volume that nobody mounts', {}, {}],
    ['volumes of a container', {}, { volumesFrom: [{ sourceContainer: 'app' }] }],
    ['memory', {}, { linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 1 }] } }],
  ])('takes %s', (_, volume, container) => {
    expect(() => register(volume, container)).not.toThrow();
  });

  it.each<[string, Partial<Volume>, Partial<ContainerDefinition> | undefined, string]>([
    ['a mount of nothing', {}, { mountPoints: [{}] }, "Unknown volume 'null'."],
    [
      'volumes of a container that is not there',
      {},
      { volumesFrom: [{ sourceContainer: 'side' }] },
      "Invalid 'volumesFrom' setting. Unknown container: 'side'.",
    ],
    [
      'a volume of two kinds',
      { ...efs({}), host: { sourcePath: '/data' } },
      undefined,
      'When the volume parameter is specified, only one volume configuration type should be used.',
    ],
    ['a blank path', { host: { sourcePath: '' } }, {}, 'host.sourcePath should not be blank.'],
    [
      'an EBS volume that nobody mounts',
      { configuredAtLaunch: true },
      {},
      'Volumes [data] are not referenced by any of the containers',
    ],
    [
      'EFS with IAM in the clear',
      efs({ authorizationConfig: { iam: 'ENABLED' } }),
      undefined,
      'EFS IAM authorization requires TransitEncryption to be enabled',
    ],
    [
      'a port for no encryption',
      efs({ transitEncryptionPort: 2049, transitEncryption: 'DISABLED' }),
      undefined,
      'TransitEncryptionPort requires that TransitEncryption is enabled',
    ],
    [
      'an access point and a folder',
      efs({ rootDirectory: '/shop', authorizationConfig: { accessPointId: 'fsap-1' } }),
      undefined,
      'When using an EFS access point, the root directory must either be set to "/" or be omitted',
    ],
    [
      'memory without a size',
      {},
      { linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 0 }] } },
      'The container has an invalid tmpfs size value specified. It must be a non-zero, non-negative integer.',
    ],
  ])('refuses %s', (_, volume, container, message) => {
    expect(() => register(volume, container)).toThrow(
      expect.objectContaining({ code: 'ClientException', message }),
    );
  });
});
