import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

// In the order of the service model, which answers repeat.
const compatibilities = ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'];
const networkModes = ['bridge', 'host', 'awsvpc', 'none'];
const pidModes = ['host', 'task'];
const ipcModes = ['host', 'task', 'none'];
const architectures = ['X86_64', 'ARM64'];
const versionConsistencies = ['enabled', 'disabled'];
const protocols = ['tcp', 'udp'];
const appProtocols = ['http', 'http2', 'grpc'];
const conditions = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'];
const systems = [
  'WINDOWS_SERVER_2019_FULL',
  'WINDOWS_SERVER_2019_CORE',
  'WINDOWS_SERVER_2016_FULL',
  'WINDOWS_SERVER_2004_CORE',
  'WINDOWS_SERVER_2022_CORE',
  'WINDOWS_SERVER_2022_FULL',
  'WINDOWS_SERVER_2025_CORE',
  'WINDOWS_SERVER_2025_FULL',
  'WINDOWS_SERVER_20H2_CORE',
  'LINUX',
];
const limits = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

/**
 * Refuses enumerated values that do not exist, in the words of the other operations (assumption). Log drivers
 * are free: instances may have one of their own (aws/amazon-ecs-agent #2286). Throws AwsError ClientException.
 */
export function checkEnumeratedValues(input: RegisterTaskDefinitionCommandInput): void {
  const { runtimePlatform, containerDefinitions = [] } = input;
  for (const value of input.requiresCompatibilities ?? []) {
    check('requires compatibilities', value, compatibilities);
  }
  check('network mode', input.networkMode, networkModes);
  check('pid mode', input.pidMode, pidModes);
  check('ipc mode', input.ipcMode, ipcModes);
  check('cpu architecture', runtimePlatform?.cpuArchitecture, architectures);
  check('operating system family', runtimePlatform?.operatingSystemFamily, systems);
  for (const container of containerDefinitions) {
    check('version consistency', container.versionConsistency, versionConsistencies);
    for (const { protocol, appProtocol } of container.portMappings ?? []) {
      check('protocol', protocol, protocols);
      check('app protocol', appProtocol, appProtocols);
    }
    for (const { condition } of container.dependsOn ?? []) {
      check('condition', condition, conditions);
    }
    for (const { name } of container.ulimits ?? []) check('name', name, limits);
  }
}

/** An empty text stands for no value: Terraform and old clients send it. */
function check(name: string, value: string | undefined, allowed: readonly string[]) {
  if (!value || allowed.includes(value)) return;
  throw new AwsError('ClientException', `${name} should be one of [${allowed.join(',')}]`);
}
