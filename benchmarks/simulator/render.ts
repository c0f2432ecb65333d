import { renderTable } from '../table.ts';
import type { SimulatorMeasurements } from './run.ts';

interface Row {
  readonly what: string;
  readonly value: string;
  /** Empty where nothing was promised. */
  readonly target?: string;
  readonly met?: boolean;
}

/** The table of all measures, and whether every target was met. */
export function renderMeasurements(measurements: SimulatorMeasurements): {
  text: string;
  met: boolean;
} {
  const rows = [
    ...startUpRows(measurements),
    ...memoryRows(measurements),
    ...controlPlaneRows(measurements),
    ...balancerRows(measurements),
  ];
  const { machine, loadBefore, loadAfter, controlPlane } = measurements;
  const table = renderTable([
    ['measure', 'value', 'target', 'met'],
    ...rows.map(({ what, value, target = '', met }) => [
      what,
      value,
      target,
      met === undefined ? '' : met ? 'yes' : 'no',
    ]),
  ]);
  const heading = `${machine}; load of the machine ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after`;
  const mix = `Mix of calls: ${controlPlane.mix.join(', ')}`;
  return { text: `${heading}\n\n${table}\n\n${mix}`, met: rows.every(({ met }) => met !== false) };
}

function startUpRows({ startUp }: SimulatorMeasurements): Row[] {
  const { npmMs, nodeMs, bareNodeMs, firstMs } = startUp;
  return [
    row('npm run simulator, to its ready line', ms(npmMs), 'under 1000 ms', npmMs < 1_000),
    row('  of which npm', ms(npmMs - nodeMs)),
    row('  without npm', ms(nodeMs)),
    row('  a Node.js process that does nothing', ms(bareNodeMs)),
    row('  without npm, the sources bundled anew', ms(firstMs)),
  ];
}

function memoryRows({ memory }: SimulatorMeasurements): Row[] {
  const { emptyMb, idleMb, runningMb, tasksMb, idleServices, runningTasks } = memory;
  return [
    row(`memory with ${idleServices} idle services`, mb(idleMb), 'under 300 MB', idleMb < 300),
    row('  empty', mb(emptyMb)),
    row(`  and with ${runningTasks} running tasks besides`, mb(runningMb)),
    row('  the processes of these tasks', mb(tasksMb)),
  ];
}

function controlPlaneRows({ controlPlane }: SimulatorMeasurements): Row[] {
  const { callsPerSecond, clients, connections } = controlPlane;
  return [
    row(
      `control-plane calls, ${clients} clients, ${connections} connections each`,
      perSecond(callsPerSecond),
      'at least 1000/s',
      callsPerSecond >= 1_000,
    ),
  ];
}

function balancerRows({ balancer }: SimulatorMeasurements): Row[] {
  const { direct, bareProxy, addedMedianMs, shareOfBareProxy } = balancer;
  return [
    row('load balancer, added median', ms(addedMedianMs, 2), 'under 1 ms', addedMedianMs < 1),
    row('  a bare Node.js proxy adds', ms(bareProxy.medianMs - direct.medianMs, 2)),
    row(
      'load balancer, throughput over the bare proxy',
      `${Math.round(100 * shareOfBareProxy)} %`,
      'at least 50 %',
      shareOfBareProxy >= 0.5,
    ),
    row('  load balancer', perSecond(balancer.balancer.requestsPerSecond)),
    row('  bare Node.js proxy', perSecond(bareProxy.requestsPerSecond)),
  ];
}

function row(what: string, value: string, target?: string, met?: boolean): Row {
  return {
    what,
    value,
    ...(target !== undefined && { target }),
    ...(met !== undefined && { met }),
  };
}

const ms = (value: number, digits = 0) => `${value.toFixed(digits)} ms`;
const mb = (value: number) => `${Math.round(value)} MB`;
const perSecond = (value: number) => `${Math.round(value)}/s`;
