import { execution, releaseRequest } from './releases.ts';

/** The event of an execution of `shop` that a person stopped, as EventBridge delivers it. */
export function executionEvent(detail: Readonly<Record<string, unknown>> = {}): unknown {
  const { executionArn, executionName, startedAt } = execution();
  return {
    version: '0',
    id: 'c1b4c1f4-0000-4000-8000-000000000001',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: '123456789012',
    time: '2026-09-01T10:05:00Z',
    region: 'eu-central-1',
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:greengate-deploy',
      name: executionName,
      status: 'ABORTED',
      startDate: Date.parse(startedAt),
      stopDate: Date.parse('2026-09-01T10:05:00Z'),
      input: JSON.stringify(releaseRequest()),
      inputDetails: { included: true },
      output: null,
      outputDetails: null,
      error: 'Operator',
      cause: 'wrong tag',
      ...detail,
    },
  };
}
