import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { countSince, type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 120_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
}, limitMs);

afterAll(() => sample?.stop());

const journal = () => sample.simulator.world.journal;
const now = () => journal().entries.length;

async function putPush(detail: Record<string, unknown>): Promise<string> {
  const events = new EventBridgeClient(clientOptions(sample.simulator));
  const { Entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'aws.ecr',
          DetailType: 'ECR Image Action',
          Detail: JSON.stringify({ result: 'SUCCESS', 'action-type': 'PUSH', ...detail }),
        },
      ],
    }),
  );
  return Entries[0]?.EventId ?? '';
}

describe('a rehearsed controller', { timeout: limitMs }, () => {
  it.each([
    [
      'an unknown repository',
      {
        'repository-name': 'team/shp',
        'image-digest': `sha256:${'a'.repeat(64)}`,
        'image-tag': 'v1',
      },
      'No service takes images of repository "team/shp", only of "team/shop"',
    ],
    [
      'no tag',
      { 'repository-name': 'team/shop', 'image-digest': `sha256:${'a'.repeat(64)}` },
      /without a tag|no tag|untagged/i,
    ],
    [
      'a tag that no pattern takes',
      {
        'repository-name': 'team/shop',
        'image-digest': `sha256:${'a'.repeat(64)}`,
        'image-tag': 'latest',
      },
      'Tag "latest" of team/shop matches no pattern of service shop (v*)',
    ],
  ])('records why it ignores a push with %s', async (_, detail, reason) => {
    const fromSeq = now();
    const id = await putPush(detail);
    await sample.watcher.entry('object.put', fromSeq, ({ key }) => key.includes(id));
    expect(sample.watcher.record(`pushes/${id}/ignored.json`)).toMatchObject({
      outcome: 'ignored',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
    expect(countSince(sample, 'execution.started', fromSeq)).toBe(0);
  });

  it('refuses a digest that ECR does not have, with one sentence that names all of it', async () => {
    const fromSeq = now();
    const digest = `sha256:${'b'.repeat(64)}`;
    await putPush({ 'repository-name': 'team/shop', 'image-digest': digest, 'image-tag': 'v99' });
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    const end = await sample.watcher.entry(
      'execution.ended',
      fromSeq,
      (entry) => entry.executionArn === executionArn,
    );
    // Not at the first step that misses it: preflight tells it together with all else.
    expect(end.error).toBe('PreflightRefused');
    const cause = JSON.parse(end.cause ?? '{}');
    expect(cause.errorMessage).toMatch(
      new RegExp(`2 checks are not good: image-exists: expected image ${digest}.*tag-unmoved: `),
    );
    expect(cause.trace).toEqual([`PreflightRefused: ${cause.errorMessage}`]);
    expect(countSince(sample, 'deployment.created', fromSeq)).toBe(0);
  });

  it('keeps an event that it cannot read in the dead-letter queue, with the reason', async () => {
    const fromSeq = now();
    await putPush({
      'repository-name': 'team/shop',
      'image-digest': 'sha256:short',
      'image-tag': 'v1',
    });
    await sample.watcher.entry('message.queued', fromSeq, () => true);
    const sqs = new SQSClient({ ...clientOptions(sample.simulator), useQueueUrlAsEndpoint: false });
    const QueueUrl = `${sample.simulator.endpoint}/123456789012/greengate-failed-invocations`;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const body = JSON.parse(Messages[0]?.Body ?? '{}');
    expect(body.requestPayload.detail['image-digest']).toBe('sha256:short');
    expect(body.responsePayload.errorMessage).toBe(
      'Cannot read the event as an ECR image push: detail.image-digest is "sha256:short", expected sha256: and 64 lower-case hexadecimal digits',
    );
  });

  it('answers a hook call for an unknown deployment with one sentence', async () => {
    const { payload, functionError } = await sample.simulator.world.services.lambda.invoke({
      functionName: 'CodeDeployHook_Greengate_AfterAllowTestTraffic',
      payload: { DeploymentId: 'd-UNKNOWN00', LifecycleEventHookExecutionId: 'opaque' },
      type: 'RequestResponse',
    });
    expect(functionError).toBe('Unhandled');
    const { errorMessage, trace } = payload as { errorMessage: string; trace: string[] };
    expect(errorMessage).toContain('d-UNKNOWN00');
    expect(trace.join('\n')).not.toMatch(/\n\s+at /);
  });
});

describe('the roles', () => {
  it('name every action that their functions called for these events', () => {
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
