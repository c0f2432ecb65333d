import { BatchGetImageCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 240_000;
const repositoryName = 'team/shop';
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
}, limitMs);

afterAll(() => sample?.stop());

/** Puts another tag on an image that is there, as somebody does who goes back by a tag. */
async function retag(imageTag: string, newTag: string): Promise<string> {
  const ecr = new ECRClient(clientOptions(sample.simulator));
  const found = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }),
  );
  const [image] = found.images ?? [];
  const { imageManifest, imageManifestMediaType } = image ?? {};
  await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageTag: newTag,
      imageManifest,
      imageManifestMediaType,
    }),
  );
  return image?.imageId?.imageDigest ?? '';
}

describe('a new tag on an older image', { timeout: limitMs }, () => {
  it('is the newest push: nothing that was pushed before goes over it', async () => {
    const { watcher, simulator } = sample;
    await sample.release('v2');
    const running = await sample.push('v3');
    const runningExecution = await watcher.execution(running.fromSeq, running.digest);
    await watcher.entry(
      'lifecycle.started',
      running.fromSeq,
      ({ lifecycleEvent }) => lifecycleEvent === 'AfterInstall',
    );
    const waiting = await sample.push('v4');
    const waitingExecution = await watcher.execution(waiting.fromSeq, waiting.digest);
    // Within one second events cannot tell pushes apart (aws-facts 1.2): this is some seconds later.
    await watcher.entry(
      'execution.state-entered',
      waiting.fromSeq,
      ({ state, executionArn }) =>
        state === 'RunDeployment' && executionArn === waitingExecution.executionArn,
    );
    const fromSeq = simulator.world.journal.entries.length;
    const digest = await retag('v2', 'v5');
    const backExecution = await watcher.execution(fromSeq, digest);

    const deployed = await watcher.attempt(runningExecution.executionArn, running.fromSeq);
    const passed = await watcher.attempt(waitingExecution.executionArn, waiting.fromSeq);
    const back = await watcher.attempt(backExecution.executionArn, fromSeq);

    expect(deployed.outcome).toBe('deployed');
    expect(passed.outcome).toBe('superseded');
    expect(passed.reason).toMatch(
      new RegExp(`^Tag "v5" was put on ${digest.slice(0, 19)} at .*, after v4 `),
    );
    expect(passed.deploymentId).toBeNull();
    expect(back.outcome).toBe('deployed');
    expect(watcher.record(`deployments/${back.deploymentId}/record.json`)).toMatchObject({
      release: { tag: 'v5', digest },
    });
    expect(ungrantedCalls(simulator)).toEqual([]);
  });
});
