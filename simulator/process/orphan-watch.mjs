import { workerData } from 'node:worker_threads';

/**
 * Ends a container whose simulator is gone, though its own thread is too busy to notice. Runs as a worker of
 * the container's process.
 */
const checkEveryMs = 500;

setInterval(() => {
  if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL');
}, checkEveryMs);
