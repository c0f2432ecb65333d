import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** Processor time so far, user and system. */
  readonly cpuMs: number;
  readonly residentBytes: number;
}

/** Clock ticks of /proc; 100 per second on every Linux that Node.js runs on. */
const tickMs = 10;
/** Fields of /proc/PID/stat behind the command name, which may contain anything but ends with the last `)`. */
const fields = { utime: 11, stime: 12 };

/** What a running process has used; undefined once it has ended, and where there is no /proc (not Linux). */
export function processUsage(pid: number | undefined): ProcessUsage | undefined {
  if (pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuMs: (Number(rest[fields.utime]) + Number(rest[fields.stime])) * tickMs,
      residentBytes: Number(resident ?? 0) * 1024,
    };
  } catch {
    return undefined;
  }
}
