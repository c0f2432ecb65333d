import {
  CodeDeployClient,
  ContinueDeploymentCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 180_000;
let sample: OpenSample;
let codeDeploy: CodeDeployClient;

beforeAll(async () => {
  sample = await openSample();
  codeDeploy = new CodeDeployClient(clientOptions(sample.simulator));
  await codeDeploy.send(
    new UpdateDeploymentGroupCommand({
      applicationName: 'shop',
      currentDeploymentGroupName: 'shop',
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 120 },
        terminateBlueInstancesOnDeploymentSuccess: {
          action: 'TERMINATE',
          terminationWaitTimeInMinutes: 5,
        },
      },
    }),
  );
}, limitMs);

afterAll(() => sample?.stop());

async function pushAndWait(tag: string) {
  const { digest, fromSeq } = await sample.push(tag);
  const { executionArn } = await sample.watcher.execution(fromSeq, digest);
  const { deploymentId, seq } = await sample.watcher.entry(
    'deployment.status',
    fromSeq,
    ({ status }) => status === 'Ready',
  );
  const end = () => sample.watcher.attempt(executionArn, fromSeq);
  return { deploymentId, readySeq: seq, fromSeq, end };
}

describe("CodeDeploy's own wait before production traffic", { timeout: limitMs }, () => {
  it('lasts until a person continues the deployment, and the last checks come after it', async () => {
    const { deploymentId, readySeq, fromSeq, end } = await pushAndWait('v2');
    const { clock, journal } = sample.simulator.world;
    // Longer than three of the workflow's own looks.
    await clock.sleep(50 * 60_000);
    expect(journal.of('execution.ended').filter(({ seq }) => seq >= fromSeq)).toEqual([]);

    await codeDeploy.send(
      new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'READY_WAIT' }),
    );
    const attempt = await end();

    expect(attempt).toMatchObject({ outcome: 'deployed', deploymentId });
    const lastChecks = journal
      .of('lifecycle.started')
      .find((one) => one.seq > readySeq && one.lifecycleEvent === 'BeforeAllowTraffic');
    expect(lastChecks?.deploymentId).toBe(deploymentId);
  });

  it('ends as rolled back, quoting CodeDeploy, when nobody continues it', async () => {
    const { deploymentId, end } = await pushAndWait('v3');

    await expect(end()).resolves.toMatchObject({
      outcome: 'rolled-back',
      deploymentId,
      reason: expect.stringMatching(
        /^Rolled back: deployment d-\w+ was stopped: .*timed out while waiting for a notification to continue\. This time out period is 120 minutes$/,
      ),
    });
  });
});
