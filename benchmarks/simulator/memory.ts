import { loadGround, loadServices, servicesRun } from './load-services.ts';
import { startSimulator } from './simulator-process.ts';

export interface MemoryMeasure {
  /** Resident MB of the simulator: empty, with the idle services, with tasks running besides. */
  readonly emptyMb: number;
  readonly idleMb: number;
  readonly runningMb: number;
  /** Resident MB of the processes of the running tasks, which count as their users' own. */
  readonly tasksMb: number;
  readonly idleServices: number;
  readonly runningTasks: number;
}

/** Services of desired count 0, then some with a real process each. Quotas would only slow the loading. */
export async function measureMemory(idleServices = 200, runningTasks = 20): Promise<MemoryMeasure> {
  const simulator = await startSimulator('node', ['--setting', 'requestQuotas=false']);
  try {
    const emptyMb = simulator.residentMb();
    await loadGround(simulator.endpoint);
    await loadServices(simulator.endpoint, 'idle', idleServices, 0);
    const idleMb = simulator.residentMb();
    await loadServices(simulator.endpoint, 'busy', runningTasks, 1);
    await servicesRun(simulator.endpoint, 'busy', runningTasks);
    return {
      emptyMb,
      idleMb,
      runningMb: simulator.residentMb(),
      tasksMb: simulator.childrenResidentMb(),
      idleServices,
      runningTasks,
    };
  } finally {
    await simulator.stop();
  }
}
