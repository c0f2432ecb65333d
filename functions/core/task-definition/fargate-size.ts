interface Size {
  /** MiB. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** By CPU units (ECS developer guide, "Task size" of Fargate); 256 is a list of its own. */
const sizes: Readonly<Record<number, Size>> = {
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16_384, step: 1024 },
  4096: { from: 8192, to: 30_720, step: 1024 },
  8192: { from: 16_384, to: 61_440, step: 4096 },
  16384: { from: 32_768, to: 122_880, step: 8192 },
};

/** Windows tasks start at one vCPU and end at four. */
const windowsCpu: readonly number[] = [1024, 2048, 4096];

/** Every amount of memory in MiB that Fargate offers beside so many CPU units; undefined when the CPU is none. */
export function fargateMemory(
  cpuUnits: number | undefined,
  os: string,
): readonly number[] | undefined {
  if (cpuUnits === undefined) return undefined;
  if (os === 'windows' && !windowsCpu.includes(cpuUnits)) return undefined;
  if (cpuUnits === 256) return [512, 1024, 2048];
  const size = sizes[cpuUnits];
  if (size === undefined) return undefined;
  const { from, to, step } = size;
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** CPU units of `1024`, `1 vCPU` or `.5 vcpu` (ECS API reference, RegisterTaskDefinition). */
export function parseCpuUnits(cpu: unknown): number | undefined {
  return parseSize(cpu, /^(\d*\.?\d+)\s*vcpu$/i);
}

/** MiB of `2048`, `2 GB` or `0.5GB`. */
export function parseMemoryMib(memory: unknown): number | undefined {
  return parseSize(memory, /^(\d*\.?\d+)\s*gb$/i);
}

function parseSize(value: unknown, inUnits: RegExp): number | undefined {
  const text = String(value ?? '').trim();
  if (/^\d+$/.test(text)) return Number(text);
  const amount = inUnits.exec(text)?.[1];
  return amount === undefined ? undefined : Number(amount) * 1024;
}
