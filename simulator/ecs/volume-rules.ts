import type {
  ContainerDefinition,
  EFSVolumeConfiguration,
  RegisterTaskDefinitionCommandInput,
  Volume,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

// Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-ecs-*), unless noted.

/** What a volume is, beside its name; one at most. An empty `host` is what AWS answers for a name alone. */
const kinds = [
  'configuredAtLaunch',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
  's3filesVolumeConfiguration',
] as const satisfies readonly (keyof Volume)[];

/** Rules of a task's volumes and of who mounts them. Throws AwsError ClientException. */
export function checkVolumes(input: RegisterTaskDefinitionCommandInput): void {
  const { volumes = [], containerDefinitions = [] } = input;
  for (const volume of volumes) checkVolume(volume);
  for (const container of containerDefinitions) checkMounts(container, input);
  const mounted = containerDefinitions.flatMap(({ mountPoints = [] }) =>
    mountPoints.map(({ sourceVolume }) => sourceVolume),
  );
  const forgotten = volumes
    .filter(({ configuredAtLaunch, name }) => configuredAtLaunch && !mounted.includes(name))
    .map(({ name }) => name);
  if (forgotten.length > 0) {
    throw clientError(
      `Volumes [${forgotten.join(', ')}] are not referenced by any of the containers`,
    );
  }
}

function checkVolume(volume: Volume): void {
  const { host, efsVolumeConfiguration } = volume;
  const given = kinds.filter((kind) => volume[kind]).length + (host?.sourcePath ? 1 : 0);
  // Observed, cloudposse/terraform-aws-ecs-alb-service-task #185.
  if (given > 1) {
    throw clientError(
      'When the volume parameter is specified, only one volume configuration type should be used.',
    );
  }
  // Observed, aws/amazon-ecs-cli #11.
  if (host?.sourcePath === '') throw clientError('host.sourcePath should not be blank.');
  if (efsVolumeConfiguration) checkEfs(efsVolumeConfiguration);
}

function checkEfs({
  authorizationConfig = {},
  rootDirectory = '/',
  transitEncryption,
  transitEncryptionPort,
}: EFSVolumeConfiguration): void {
  const encrypted = transitEncryption === 'ENABLED';
  if (authorizationConfig.iam === 'ENABLED' && !encrypted) {
    throw clientError('EFS IAM authorization requires TransitEncryption to be enabled');
  }
  if (transitEncryptionPort !== undefined && !encrypted) {
    throw clientError('TransitEncryptionPort requires that TransitEncryption is enabled');
  }
  if (authorizationConfig.accessPointId && rootDirectory !== '/') {
    throw clientError(
      'When using an EFS access point, the root directory must either be set to "/" or be omitted',
    );
  }
}

function checkMounts(
  { mountPoints = [], volumesFrom = [], linuxParameters }: ContainerDefinition,
  { volumes = [], containerDefinitions = [] }: RegisterTaskDefinitionCommandInput,
): void {
  for (const { sourceVolume } of mountPoints) {
    if (sourceVolume && volumes.some(({ name }) => name === sourceVolume)) continue;
    // 'null' was observed, blinkist/terraform-aws-airship-ecs-service #46.
    throw clientError(`Unknown volume '${sourceVolume ?? 'null'}'.`);
  }
  for (const { sourceContainer } of volumesFrom) {
    if (containerDefinitions.some(({ name }) => name === sourceContainer)) continue;
    // With its full stop in eagletmt/hako #54.
    throw clientError(
      `Invalid 'volumesFrom' setting. Unknown container: '${sourceContainer ?? 'null'}'.`,
    );
  }
  // Observed, aws/amazon-ecs-agent #2226.
  if (linuxParameters?.tmpfs?.some(({ size }) => size === undefined || size <= 0)) {
    throw clientError(
      'The container has an invalid tmpfs size value specified. It must be a non-zero, non-negative integer.',
    );
  }
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
