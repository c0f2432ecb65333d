import type { TracedCall, TracedInvocation } from './release-trace.ts';

/**
 * What the shipped functions do about a throttled call when the SDK has given it up: fail (`hasty`), repeat it after a pause
 * (`patient`, functions/core/patience), or go on with what is known otherwise (`spare`: functions/core/balancing/sparing-inspection.ts,
 * functions/lifecycle-hook/check-replacement-group.ts).
 */
export type Manner = 'hasty' | 'patient' | 'spare';

export function mannerOf(
  { functionName, step }: Pick<TracedInvocation, 'functionName' | 'step'>,
  { service, operation }: Pick<TracedCall, 'service' | 'operation'>,
  /** Without: the first releases of their services, of whose load balancing nothing is known yet. */
  withKeptSettings = true,
): Manner {
  const balancing = service === 'elastic-load-balancing-v2';
  if (step === 'preflight') {
    const isKept = withKeptSettings && balancing && operation !== 'DescribeRules';
    return isKept ? 'spare' : 'patient';
  }
  if (step === 'register-task-definition' && operation === 'RegisterTaskDefinition')
    return 'patient';
  if (step !== 'lifecycle-hook' || !balancing) return 'hasty';
  const again = /_(BeforeAllowTraffic|AfterAllowTraffic)$/.test(functionName);
  return again && operation === 'DescribeTargetHealth' ? 'spare' : 'patient';
}
