/** Least and most MiB for CPU units, and the steps between, of Linux tasks (ECS developer guide, "Task CPU and memory"). */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  512: [1_024, 4_096, 1_024],
  1024: [2_048, 8_192, 1_024],
  2048: [4_096, 16_384, 1_024],
  4096: [8_192, 30_720, 1_024],
  8192: [16_384, 61_440, 4_096],
  16384: [32_768, 122_880, 8_192],
};

/** What Fargate wants instead of a size of task, as the end of a sentence; undefined for a size that it has. */
export function fargateSizeMistake(cpu: number, memoryMiB: number): string | undefined {
  if (cpu === 256) {
    if ([512, 1_024, 2_048].includes(memoryMiB)) return undefined;
    return 'cpu 256 goes with memoryMiB 512, 1024 or 2048';
  }
  const size = sizes[cpu];
  if (size === undefined) return `cpu is one of 256, ${Object.keys(sizes).join(', ')}`;
  const [least, most, step] = size;
  if (memoryMiB >= least && memoryMiB <= most && memoryMiB % step === 0) return undefined;
  return `cpu ${cpu} goes with memoryMiB from ${least} to ${most} in steps of ${step}`;
}
