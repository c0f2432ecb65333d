import type { Settings } from '../../core/settings.ts';
import { invalidParameter } from '../service-rules.ts';

export interface InstanceCapacity {
  /** CPU units: 1,024 for each vCPU. */
  readonly cpu: number;
  /** MiB that the agent registers: what the operating system keeps is gone already. */
  readonly memoryMiB: number;
  /** Network interfaces, the instance's own included. */
  readonly networkInterfaces: number;
  readonly architecture: 'x86_64' | 'arm64';
}

/** vCPUs, GiB and network interfaces by size, of current families alike (EC2 user guide, "instance types"). */
const sizes: Readonly<Record<string, readonly [vcpus: number, interfaces: number]>> = {
  nano: [2, 2],
  micro: [2, 2],
  small: [2, 3],
  medium: [2, 3],
  large: [2, 3],
  xlarge: [4, 4],
  '2xlarge': [8, 4],
  '4xlarge': [16, 8],
  '8xlarge': [32, 8],
};

const burstableGiB: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
};

const gibPerVcpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, t: 4 };

/** Families c, m, r and t by rule of their sizes; the agent finds a part of the memory. Throws AwsError for any other type. */
export function instanceCapacity(
  instanceType: string,
  { registeredMemoryPercent }: Pick<Settings, 'registeredMemoryPercent'>,
): InstanceCapacity {
  const [, family = '', , variant = '', size = ''] =
    /^([cmrt])(\d+)([a-z]*)\.(\w+)$/.exec(instanceType) ?? [];
  const [vcpus, networkInterfaces] = sizes[size] ?? [];
  const gib =
    family === 't' && burstableGiB[size] !== undefined
      ? burstableGiB[size]
      : (vcpus ?? 0) * (gibPerVcpu[family] ?? 0);
  if (vcpus === undefined || networkInterfaces === undefined || gib === 0) {
    throw invalidParameter(
      `Not simulated: instance type ${instanceType} (families c, m, r and t up to 8xlarge)`,
    );
  }
  return {
    cpu: vcpus * 1_024,
    memoryMiB: Math.floor((gib * 1_024 * registeredMemoryPercent) / 100),
    networkInterfaces,
    architecture: variant.startsWith('g') ? 'arm64' : 'x86_64',
  };
}
