import type { StormReport } from './storm.ts';

/** For people; every number is of this run. */
export function renderStorm(report: StormReport, wallSeconds: number): string {
  const { services, deployed, drainSeconds, boundSeconds, ratio, undisturbedSeconds } = report;
  const throttled = Object.entries(report.throttled).slice(0, 8);
  return [
    `${deployed} of ${services} deployed, seed ${report.seed}, in ${wallSeconds.toFixed(1)} s`,
    `drained in ${drainSeconds.toFixed(0)} s beyond the ${undisturbedSeconds.toFixed(0)} s of one release; RegisterTaskDefinition sets ${boundSeconds.toFixed(0)} s: ${ratio.toFixed(2)} times`,
    ...report.bounds.map(
      ({ operations, seconds }) => `  ${operations} alone takes ${seconds.toFixed(0)} s`,
    ),
    `last registration after ${report.lastRegisteredSeconds.toFixed(0)} s, ${report.invocationsRepeated} invocations repeated, ${report.calls} calls, ${report.mostFunctionsAtOnce} functions at once`,
    ...throttled.map(([operation, times]) => `  throttled ${times} times: ${operation}`),
    ...Object.entries(report.failed).map(([reason, times]) => `  FAILED ${times}: ${reason}`),
  ].join('\n');
}
