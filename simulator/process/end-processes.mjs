import { readdirSync, readFileSync } from 'node:fs';

/** Environment variable that every process of a container carries; the container's own code does not see it. */
export const containerVariable = 'GREENGATE_CONTAINER';

/**
 * Ends what a container started and left behind: its process group, and on Linux also processes that went
 * into a session of their own, known by the variable that they inherited.
 * @param {{ group: number | undefined, container: string | undefined }} of
 */
export function endProcesses({ group, container }) {
  for (const pid of marked(container)) kill(pid);
  if (group !== undefined) kill(-group);
}

/** Process ids that carry the container's variable, this process left out. */
function marked(container) {
  if (container === undefined || process.platform !== 'linux') return [];
  const variable = `${containerVariable}=${container}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => environmentOf(name).includes(variable))
    .map(Number);
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
