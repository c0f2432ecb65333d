/** Template members whose keys are the user's own, not AWS's. */
const userKeyed = new Set(['Options', 'DockerLabels', 'DriverOpts', 'Labels']);
/** CloudFormation accepts these numbers and booleans as strings; the API does not. */
const numeric = new Set([
  'ContainerPort',
  'HostPort',
  'MemoryReservation',
  'SizeInGiB',
  'Size',
  'StartTimeout',
  'StopTimeout',
  'MaximumPercent',
  'MinimumHealthyPercent',
  'TransitEncryptionPort',
]);
const boolean = new Set([
  'ConfiguredAtLaunch',
  'Enable',
  'Essential',
  'Interactive',
  'Privileged',
  'PseudoTerminal',
  'ReadOnly',
  'ReadonlyRootFilesystem',
  'Rollback',
]);

/** What the template reference spells otherwise than the API with a capital (AWS::ECS::TaskDefinition Volume). */
const spellings: ReadonlyMap<string, string> = new Map([
  ['EFSVolumeConfiguration', 'efsVolumeConfiguration'],
  ['FilesystemId', 'fileSystemId'],
  ['FSxWindowsFileServerVolumeConfiguration', 'fsxWindowsFileServerVolumeConfiguration'],
  ['IAM', 'iam'],
  ['S3FilesVolumeConfiguration', 's3filesVolumeConfiguration'],
]);

/** Template spelling (`ContainerPort`) to API spelling (`containerPort`), at every depth. */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      spellings.get(key) ?? key.charAt(0).toLowerCase() + key.slice(1),
      userKeyed.has(key) ? member : scalar(key, member),
    ]),
  );
}

function scalar(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return camelCase(value);
  if (numeric.has(key) && /^\d+$/.test(value)) return Number(value);
  if (boolean.has(key) && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
