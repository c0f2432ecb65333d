import type { FlowCheckConfig } from '../config/schema.ts';
import type { FlowRun } from '../probe/run-flow.ts';
import type { CheckResult } from './check-result.ts';
import { requestSubject } from './http-check.ts';
import { judgeOutcomes } from './judge-outcomes.ts';
import { latencyOf } from './outcome.ts';
import { maxResponses, responseEvidence, statusEvidence } from './response-evidence.ts';
import { timingEvidence } from './timing-evidence.ts';

/** One run that was carried through, with its place in the schedule. */
export interface FlowSample {
  /** 0-based position in the plan. */
  readonly index: number;
  readonly delayMs: number;
  readonly run: FlowRun;
}

/** Name of a flow where it has none of its own. */
export function flowName(check: FlowCheckConfig): string {
  return check.name ?? `flow ${check.steps.map(({ path }) => path).join(' → ')}`.slice(0, 80);
}

/** Judges a flow over its runs; each miss names the step at which the run stopped. */
export function judgeFlowCheck(
  check: FlowCheckConfig,
  samples: readonly FlowSample[],
  nowMs: number,
): CheckResult {
  const name = flowName(check);
  const outcomes = samples.map(({ index, delayMs, run }) => ({
    number: index + 1,
    latencyMs: latencyOf({ ...run, kind: run.stop?.response.kind ?? 'complete' }, delayMs),
    misses: (run.stop?.misses ?? []).map(({ expected, observed }) => ({
      expected: `${describeStep(check, run.stop?.step ?? 0)}: ${expected}`,
      observed,
    })),
  }));
  const responses = samples.flatMap(({ run }) => run.responses);
  const evidence = [
    ...statusEvidence(responses),
    ...samples
      .flatMap(({ index, run: { stop } }) => (stop === undefined ? [] : [{ index, stop }]))
      .slice(0, maxResponses)
      .map(({ index, stop }) =>
        responseEvidence(
          `${describeStep(check, stop.step)}, run ${index + 1} of ${check.runs}`,
          stop.response,
          stop.misses,
          { mask: stop.mask, nowMs },
        ),
      ),
    ...timingEvidence(responses),
  ];
  return judgeOutcomes(
    { name, type: 'flow', subject: name, unit: 'runs', planned: check.runs, outcomes },
    check.expect,
    evidence,
  );
}

/** E.g. `step 2 of 3 "buy" POST /cart`. */
function describeStep({ steps }: FlowCheckConfig, position: number): string {
  const step = steps[position];
  const place = `step ${position + 1} of ${steps.length}`;
  if (step === undefined) return place;
  const named = step.name === undefined ? '' : ` "${step.name}"`;
  return `${place}${named} ${requestSubject(step)}`;
}
