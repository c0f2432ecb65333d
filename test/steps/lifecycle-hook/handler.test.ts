import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ScriptedAnswer, scriptedAws } from '../../support/scripted-aws.ts';

// Read when the handler is loaded: its log lines are not of interest here.
vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
// Its clients remember the address that they were made for.
vi.resetModules();
afterAll(() => void vi.resetModules());
const { handler } = await import('../../../functions/lifecycle-hook/handler.ts');

const context = {
  awsRequestId: 'request-1',
  functionName: 'CodeDeployHook_Greengate_AfterInstall',
  getRemainingTimeInMillis: () => 60_000,
} as Context;
const payload = { DeploymentId: 'd-AAAAAAAA1', LifecycleEventHookExecutionId: 'hook-1' };
const noSuchKey: ScriptedAnswer = {
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>',
};
let aws: Awaited<ReturnType<typeof scriptedAws>>;

beforeEach(async () => {
  aws = await scriptedAws(({ operation }) =>
    operation.startsWith('GET ') ? noSuchKey : { body: {} },
  );
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('LIFECYCLE_EVENT', 'AfterInstall');
  vi.stubEnv('RECORDS_BUCKET', 'records');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});

describe('the handler of lifecycle-hook', () => {
  it('without its configuration still reports Failed, once, after the record', async () => {
    const report = await handler(payload, context);

    expect(report).toMatchObject({
      lifecycleEvent: 'AfterInstall',
      verdict: 'error',
      sentence: expect.stringContaining('Cannot read the compiled configuration'),
    });
    const reported = aws.calls.filter(
      ({ operation }) => operation === 'PutLifecycleEventHookExecutionStatus',
    );
    expect(reported.map(({ body }) => JSON.parse(body))).toEqual([
      {
        deploymentId: 'd-AAAAAAAA1',
        lifecycleEventHookExecutionId: 'hook-1',
        status: 'Failed',
      },
    ]);
    expect(aws.calls.at(-2)?.operation).toMatch(/^PUT .*AfterInstall\.json/);
  });
});
