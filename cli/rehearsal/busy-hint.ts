/** So many that want to run, for each processor: from about seven on, probes missed their two seconds on ours. */
const busyPerCpu = 4;

/**
 * What to say where a rehearsal failed on a machine that had too much else to do, undefined where it had not. Time in the
 * simulator is virtual, but probes, tasks and functions are real processes, and the checks judge real answers in real time.
 *
 * @param load of the last minute, as `os.loadavg()` tells it; 0 where the system does not.
 */
export function busyHint(load: number, cpus: number): string | undefined {
  if (load < busyPerCpu * cpus) return undefined;
  const processors = cpus === 1 ? '1 processor' : `${cpus} processors`;
  return `This machine was busy: a load of ${load.toFixed(1)} on ${processors}. Probes are answered in real time and judged by it, so that a good release can fail here: rehearse again when it is quiet`;
}
