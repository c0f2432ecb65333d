import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { endProcesses } from './end-processes.mjs';
import { nextMemoryCheckMs } from './memory-check.mjs';

/**
 * Ends a container whose simulator is gone, though its own thread is too busy to notice, and one that takes
 * more memory than its limit, as the kernel would. Runs as a worker of the container's process.
 */
const orphanCheckMs = 500;
const { parent, container, memoryBytes, reportDescriptor } = workerData;

const end = () => {
  // Only a leader may end its group: anyone else's group is not the container's own.
  endProcesses({ group: workerData.leadsGroup ? process.pid : undefined, container });
  process.kill(process.pid, 'SIGKILL');
};

setInterval(() => {
  if (process.ppid !== parent) end();
}, orphanCheckMs);

function watchMemory() {
  const leftBytes = memoryBytes - process.memoryUsage.rss();
  if (leftBytes < 0) endOutOfMemory();
  setTimeout(watchMemory, nextMemoryCheckMs(leftBytes));
}

function endOutOfMemory() {
  try {
    writeSync(reportDescriptor, `${JSON.stringify({ outOfMemory: true })}\n`);
  } catch {
    // Nobody listens any more, or too slowly to be told why.
  }
  end();
}

if (memoryBytes !== undefined) watchMemory();
