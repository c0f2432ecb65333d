import { expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { sweep } from '../../../functions/sweep/step.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { DriftScene } from '../../support/drift-scene.ts';
import { FakeExecutions } from '../../support/fakes/fake-executions.ts';
import { observedScene } from '../observe-deployment/observed-scene.ts';

const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);

it('a sweep starts a missed push though a newer one was heard of, so that its outcome comes on record', async () => {
  const scene = await observedScene();
  scene.clock.advance(3_600_000);
  scene.images.push('team/shop', 'v3', digestOf('3'), at('10:30:00'));
  scene.images.push('team/shop', 'v4', digestOf('4'), at('10:31:00'));
  const executions = new FakeExecutions();
  const heardOf = [
    releaseRequest(),
    releaseRequest({ tag: 'v4', digest: digestOf('4'), eventId: 'event-of-v4' }),
  ];
  for (const request of heardOf) {
    executions.executions.push({
      executionArn: `arn:${request.tag}`,
      executionName: executionName(request),
      status: 'RUNNING',
      startedAtMs: Date.parse(execution().startedAt),
      redriveCount: 0,
      input: JSON.stringify(request),
      error: undefined,
      cause: undefined,
    });
  }

  const report = await sweep({ ...scene, executions, drift: new DriftScene().driftPorts() });

  expect(report.started).toEqual([expect.stringMatching(/^shop-333333333333-[0-9a-f]{16}$/)]);
});
