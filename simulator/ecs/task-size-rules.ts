import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

/** Memory in MiB that Fargate offers with each number of CPU units. */
const fargateMemory: Readonly<Record<string, readonly number[]>> = {
  '256': [512, 1_024, 2_048],
  '512': steps(1_024, 4_096, 1_024),
  '1024': steps(2_048, 8_192, 1_024),
  '2048': steps(4_096, 16_384, 1_024),
  '4096': steps(8_192, 30_720, 1_024),
  '8192': steps(16_384, 61_440, 4_096),
  '16384': steps(32_768, 122_880, 8_192),
};

/** Whether Fargate has a size of this CPU and memory. */
export function isFargateSize(cpu: string | undefined, memory: string | undefined): boolean {
  if (cpu === undefined || memory === undefined) return false;
  return fargateMemory[units(cpu)]?.includes(Number(units(memory))) ?? false;
}

/** What the containers and the task ask for must fit together. Throws AwsError ClientException. */
export function checkTaskSize(input: RegisterTaskDefinitionCommandInput): void {
  const { cpu, memory, containerDefinitions = [], ephemeralStorage } = input;
  for (const [name, value] of [
    ['cpu', cpu],
    ['memory', memory],
  ] as const) {
    if (value !== undefined && !/^[1-9]\d*$/.test(units(value))) {
      throw clientError(
        `Invalid '${name}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
      );
    }
  }
  if (memory !== undefined) {
    const total = Number(units(memory));
    const greater = containerDefinitions.find((container) => (container.memory ?? 0) > total);
    // Observed, pulumi/pulumi-awsx #1220.
    if (greater) {
      throw clientError(
        `The 'memory' setting for container '${greater.name}' is greater than for the task.`,
      );
    }
  }
  const sum = containerDefinitions.reduce((total, container) => total + (container.cpu ?? 0), 0);
  // Observed, klothoplatform/klotho #892.
  if (cpu !== undefined && sum > Number(units(cpu))) {
    throw clientError(
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    );
  }
  const gibibytes = ephemeralStorage?.sizeInGiB;
  // Measured by badmintoncryer/cdk-preflight (rule pf-ecs-ephemeral-storage-range).
  if (gibibytes !== undefined && gibibytes < 21) {
    throw clientError('EphemeralStorage size should be at least 21');
  }
  if (gibibytes !== undefined && gibibytes > 200) {
    throw clientError('EphemeralStorage size should be at most 200');
  }
}

/** `1024`, `1 vCPU`, `2 GB` in units of 1/1024 vCPU or MiB. */
export function units(text: string): string {
  const [, amount, unit] = /^([\d.]+)\s*(vcpu|gb)$/i.exec(text.trim()) ?? [];
  return amount !== undefined && unit !== undefined ? String(Number(amount) * 1_024) : text.trim();
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
