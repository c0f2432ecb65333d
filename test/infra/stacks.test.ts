import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { stateMachineFile } from '../../infra/paths.ts';
import { synthesizeApp } from '../../infra/synthesize.ts';
import {
  placeholderOptions,
  repositoryConfig,
  type Synthesized,
  synthesize,
} from './synthesized.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

describe('cdk-nag', () => {
  it('finds nothing in either stack that was not acknowledged with a reason', () => {
    const { violations } = new AwsSolutionsChecks(synthesized.app).validateScope(synthesized.app);
    expect(
      violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
    ).toEqual([]);
  });

  it('would find a queue that accepts plain HTTP', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'greengate-bad-'));
    onTestFinished(() => rmSync(outdir, { recursive: true, force: true }));
    const app = new App({ outdir });
    new Queue(new Stack(app, 'Bad'), 'Queue');
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-SQS4');
  });
});

describe('synthesizeApp', () => {
  it('passes the validation of the CDK and cdk-nag, as cdk deploy runs them', () => {
    const directory = mkdtempSync(join(tmpdir(), 'synthesize-app-'));
    try {
      const assembly = synthesizeApp(placeholderOptions(repositoryConfig(), directory));
      expect(assembly.stacks.map(({ stackName }) => stackName)).toEqual([
        'GreengateSampleService',
        'GreengateController',
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 30_000);
});

describe('GreengateController', () => {
  it.each([
    ['greengate-receive-image-push', 512, 30],
    ['greengate-resolve-release', 512, 60],
    ['greengate-register-task-definition', 512, 60],
    ['greengate-run-deployment', 512, 60],
    ['greengate-observe-deployment', 512, 600],
    ['greengate-observe-execution', 512, 600],
    ['greengate-observe-task', 512, 240],
    ['greengate-sweep', 512, 600],
    ['greengate-verify-release', 512, 60],
    ['CodeDeployHook_Greengate_BeforeInstall', 1024, 300],
    ['CodeDeployHook_Greengate_AfterInstall', 1024, 300],
    ['CodeDeployHook_Greengate_AfterAllowTestTraffic', 1024, 300],
    ['CodeDeployHook_Greengate_BeforeAllowTraffic', 1024, 300],
    ['CodeDeployHook_Greengate_AfterAllowTraffic', 1024, 300],
  ])(
    '%s runs on arm64 with %i MB for at most %i s and logs JSON',
    (FunctionName, MemorySize, Timeout) => {
      expect(
        synthesized.controller.one('AWS::Lambda::Function', { FunctionName }).properties,
      ).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize,
        Timeout,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(
        synthesized.controller.one('AWS::Logs::LogGroup', {
          LogGroupName: `/aws/lambda/${FunctionName}`,
        }).properties.RetentionInDays,
      ).toBe(90);
    },
  );

  it('tells each function what it needs from the environment', () => {
    const environment = (FunctionName: string) =>
      Object.keys(
        (
          synthesized.controller.one('AWS::Lambda::Function', { FunctionName }).properties
            .Environment as { Variables: Record<string, unknown> }
        ).Variables,
      ).toSorted();
    expect(environment('greengate-receive-image-push')).toEqual([
      'NODE_OPTIONS',
      'RECORDS_BUCKET',
      'STATE_MACHINE_ARN',
    ]);
    expect(environment('greengate-run-deployment')).toEqual([
      'HOOK_NAME_PREFIX',
      'NODE_OPTIONS',
      'NOTIFICATION_TOPIC_ARN',
      'RECORDS_BUCKET',
    ]);
    expect(environment('greengate-observe-deployment')).toEqual([
      'NODE_OPTIONS',
      'NOTIFICATION_TOPIC_ARN',
      'RECORDS_BUCKET',
    ]);
    expect(environment('CodeDeployHook_Greengate_AfterInstall')).toEqual([
      'LIFECYCLE_EVENT',
      'NODE_OPTIONS',
      'RECORDS_BUCKET',
    ]);
  });

  it('sends what asynchronous functions could not do to a queue, after two retries', () => {
    const { controller } = synthesized;
    const configured = controller.ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }) => {
      const { FunctionName, MaximumRetryAttempts, DestinationConfig } = properties as {
        FunctionName: { Ref: string };
        MaximumRetryAttempts: number;
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [string] } } };
      };
      const queue = controller.byId(DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]);
      return [
        controller.byId(FunctionName.Ref).properties.FunctionName,
        MaximumRetryAttempts,
        queue.properties.QueueName,
      ];
    });
    expect(configured.toSorted()).toEqual(
      [
        'CodeDeployHook_Greengate_AfterAllowTestTraffic',
        'CodeDeployHook_Greengate_AfterAllowTraffic',
        'CodeDeployHook_Greengate_AfterInstall',
        'CodeDeployHook_Greengate_BeforeAllowTraffic',
        'CodeDeployHook_Greengate_BeforeInstall',
        'greengate-observe-deployment',
        'greengate-observe-execution',
        'greengate-observe-task',
        'greengate-receive-image-push',
        'greengate-sweep',
      ].map((name) => [name, 2, 'greengate-failed-invocations']),
    );
  });

  it('sweeps every ten minutes', () => {
    expect(
      synthesized.controller.one('AWS::Events::Rule', { Name: 'greengate-sweep-due' }).properties,
    ).toMatchObject({ ScheduleExpression: 'rate(10 minutes)', State: 'ENABLED' });
  });

  it.each([
    [
      'greengate-image-pushed',
      {
        source: ['aws.ecr'],
        'detail-type': ['ECR Image Action'],
        detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
      },
    ],
    [
      'greengate-deployment-changed',
      {
        source: ['aws.codedeploy'],
        'detail-type': ['CodeDeploy Deployment State-change Notification'],
        detail: {
          state: ['SUCCESS', 'FAILURE', 'STOP'],
          application: ['shop'],
          deploymentGroup: ['shop'],
        },
      },
    ],
    [
      'greengate-task-stopped',
      {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          lastStatus: ['STOPPED'],
          clusterArn: [expect.objectContaining({ 'Fn::Join': expect.any(Array) })],
          group: ['service:shop'],
          startedBy: [{ prefix: 'ecs-svc/' }],
        },
      },
    ],
    [
      'greengate-execution-ended',
      {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [expect.objectContaining({ Ref: expect.any(String) })],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
    ],
  ])('rule %s matches its events and never loses one in silence', (Name, EventPattern) => {
    const { properties } = synthesized.controller.one('AWS::Events::Rule', { Name });
    expect(properties).toMatchObject({
      State: 'ENABLED',
      EventPattern,
      Targets: [
        {
          RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
          DeadLetterConfig: {
            Arn: { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredEvents/), 'Arn'] },
          },
        },
      ],
    });
  });

  it('keeps the state machine inline and fills exactly the placeholders of its file', () => {
    const { properties } = synthesized.controller.one('AWS::StepFunctions::StateMachine');
    const definition = readFileSync(stateMachineFile, 'utf8');
    expect(properties.DefinitionString).toBe(definition);
    expect(Object.keys(properties.DefinitionSubstitutions as object).toSorted()).toEqual(
      [...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))].toSorted(),
    );
    expect(properties).toMatchObject({
      StateMachineName: 'greengate-deploy',
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('keeps records when the stack goes, in a bucket closed to the public', () => {
    const { controller } = synthesized;
    const { logicalId, properties } = controller.one('AWS::S3::Bucket');
    expect(properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const resources = controller.json.Resources as Record<string, Record<string, unknown>>;
    expect(resources[logicalId]?.DeletionPolicy).toBe('Retain');
  });
});

describe('both templates', () => {
  it('need no custom resource and no function but ours', () => {
    const types = [...synthesized.controller.resources, ...synthesized.sample.resources].map(
      ({ type }) => type,
    );
    expect(types.filter((type) => /^Custom::|CustomResource|CDK::Metadata/.test(type))).toEqual([]);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(16);
  });

  it.each(['controller', 'sample'] as const)('%s is what it was (asset hashes masked)', (name) => {
    const text = JSON.stringify(synthesized[name].json, undefined, 2);
    const masked = JSON.parse(text.replaceAll(/\b[0-9a-f]{64}\b/g, '<asset hash>'));
    // Tested above; the file statemachine/deploy.asl.json is its own record.
    for (const { Properties } of Object.values<{ Properties: Record<string, unknown> }>(
      masked.Resources,
    )) {
      if ('DefinitionString' in Properties) Properties.DefinitionString = '<deploy.asl.json>';
    }
    expect(masked).toMatchSnapshot();
  });
});
