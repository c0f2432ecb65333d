import type { Context } from 'aws-lambda';
import { afterAll, describe, expect, it, vi } from 'vitest';

// Read when the handlers are loaded: what they log about the refusals below is not of interest.
vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
vi.resetModules();
afterAll(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

const context = {
  functionName: 'greengate',
  awsRequestId: 'request-1',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

describe.each([
  ['receive-image-push', 'Cannot read the event as an ECR image push: id is missing'],
  ['resolve-release', 'Cannot read the input of the task: request is missing'],
  ['preflight', 'Cannot read the input of the task: request is missing'],
  ['register-task-definition', 'Cannot read the input of the task: release is missing'],
  ['run-deployment', 'Cannot read the deployment that is waited for: release is missing'],
  ['roll-out', 'Cannot read the rollout that is wanted: release is missing'],
  ['lifecycle-hook', "Cannot read the lifecycle hook's payload: DeploymentId is missing"],
  ['observe-deployment', 'Cannot read the event as a CodeDeploy deployment state change: id'],
  ['verify-release', 'Cannot read the release to verify: release is missing'],
])('handler of %s', (folder, message) => {
  it('refuses what it cannot read, by a name that Step Functions matches', async () => {
    const { handler } = await import(`../../functions/${folder}/handler.ts`);
    const refusal = handler({}, context);
    await expect(refusal).rejects.toMatchObject({
      name: 'InvalidEventError',
      message: expect.stringContaining(message),
    });
  });
});
