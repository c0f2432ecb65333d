import { ChildProcess } from 'node:child_process';
import { containerVariable } from './end-processes.mjs';

/** Child processes carry their container's variable, so that the simulator finds and ends them with it. */
export function markChildren(container) {
  const spawn = ChildProcess.prototype.spawn;
  ChildProcess.prototype.spawn = function spawnMarked(options) {
    const pairs = (options.envPairs ?? []).filter(
      (pair) => !String(pair).startsWith(`${containerVariable}=`),
    );
    return spawn.call(this, {
      ...options,
      envPairs: [...pairs, `${containerVariable}=${container}`],
    });
  };
}
