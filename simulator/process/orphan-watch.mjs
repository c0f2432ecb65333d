import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { endProcesses } from './end-processes.mjs';

/**
 * Ends a container whose simulator is gone, though its own thread is too busy to notice, and one that takes
 * more memory than its limit, as the kernel would. Runs as a worker of the container's process.
 */
const orphanCheckMs = 500;
const memoryCheckMs = 50;
const { parent, container, memoryBytes, reportDescriptor } = workerData;

const end = () => {
  // Only a leader may end its group: anyone else's group is not the container's own.
  endProcesses({ group: workerData.leadsGroup ? process.pid : undefined, container });
  process.kill(process.pid, 'SIGKILL');
};

setInterval(() => {
  if (process.ppid !== parent) end();
}, orphanCheckMs);

if (memoryBytes !== undefined) {
  setInterval(() => {
    if (process.memoryUsage.rss() <= memoryBytes) return;
    try {
      writeSync(reportDescriptor, `${JSON.stringify({ outOfMemory: true })}\n`);
    } catch {
      // Nobody listens any more, or too slowly to be told why.
    }
    end();
  }, memoryCheckMs);
}
