import type { CreateDeploymentGroupInput, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDeploymentFixture,
  type DeploymentFixture,
  groupInput,
} from './deployment-fixture.ts';

// Sentences that badmintoncryer/cdk-preflight measured with AWS (rules pf-codedeploy-*, September 2026).

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

const thrown = (code: string, message: string) => expect.objectContaining({ code, message });
const canary = (canaryPercentage: number, canaryInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage, canaryInterval },
});
const linear = (linearPercentage: number, linearInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage, linearInterval },
});

describe('a custom configuration', () => {
  const percentage = 'Valid traffic routing percentage is from 1 to 99';
  const shifting =
    'Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)';
  const cases: [string, TrafficRoutingConfig | undefined, string][] = [
    [
      'without routing',
      undefined,
      'Traffic routing configuration cannot be null nor empty for deployment configurations on this platform.',
    ],
    [
      'of a canary without its block',
      { type: 'TimeBasedCanary' },
      'TimeBasedCanaryConfiguration should not be null for TimeBasedCanary type',
    ],
    [
      'all at once with a canary',
      { ...canary(10, 5), type: 'AllAtOnce' },
      'TimeBasedCanaryConfiguration should be null for AllAtOnce type',
    ],
    [
      'of a canary with a linear block',
      { ...canary(10, 5), ...linear(10, 5), type: 'TimeBasedCanary' },
      'TimeBasedLinearConfiguration should be null for TimeBasedCanary type',
    ],
    ['of a canary of 100 percent', canary(100, 5), percentage],
    ['of steps of 0 percent', linear(0, 5), percentage],
    [
      'of a canary of 2881 minutes',
      canary(10, 2881),
      'Canary interval must be between 1 and 2880 minutes (2 days)',
    ],
    ['of one step for 2881 minutes', linear(99, 2881), shifting],
    ['of two steps for 1441 minutes each', linear(50, 1441), shifting],
    ['of three steps for 961 minutes each', linear(33, 961), shifting],
    ['of ten steps for 289 minutes each', linear(10, 289), shifting],
  ];
  it.each(cases)('%s is refused', (_, routing, message) => {
    expect(() => deploy.model.configs.create('mine', routing)).toThrow(
      thrown('InvalidTrafficRoutingConfigurationException', message),
    );
  });

  it.each([
    [99, 2880],
    [67, 2880],
    [50, 1440],
    [34, 1440],
    [33, 960],
    [10, 288],
    [1, 28],
  ])('of %i percent every %i minutes is the longest there is', (percent, minutes) => {
    expect(deploy.model.configs.create('longest', linear(percent, minutes)).name).toBe('longest');
    expect(() => deploy.model.configs.create('longer', linear(percent, minutes + 1))).toThrow(
      thrown('InvalidTrafficRoutingConfigurationException', shifting),
    );
  });

  it('has no reserved name, which ends in a dot', () => {
    const all = { type: 'AllAtOnce' } as const;
    expect(() => deploy.model.configs.create('CodeDeployDefault.Mine', all)).toThrow(
      thrown(
        'InvalidDeploymentConfigNameException',
        'The prefix CodeDeployDefault. is reserved for predefined configuration names',
      ),
    );
    expect(deploy.model.configs.create('CodeDeployDefaultMine', all).name).toBe(
      'CodeDeployDefaultMine',
    );
  });

  it('has no hosts to keep healthy', async () => {
    await expect(
      deploy.call('CreateDeploymentConfig', {
        deploymentConfigName: 'mine',
        computePlatform: 'ECS',
        minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 },
      }),
    ).rejects.toThrow(
      thrown(
        'InvalidMinimumHealthyHostValueException',
        'minimum healthy hosts should be null for ECS deployment configuration',
      ),
    );
  });
});

describe('a deployment group', () => {
  const blueGreen = 'InvalidBlueGreenDeploymentConfigurationException';
  const keep = { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 } as const;
  const topic = 'arn:aws:sns:eu-west-1:111122223333:releases';
  const trigger = (triggerName: string, triggerTargetArn: string) => ({
    triggerName,
    triggerTargetArn,
    triggerEvents: ['DeploymentStart' as const],
  });
  const withReady = (deploymentReadyOption: object) => ({
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: keep,
      deploymentReadyOption,
    },
  });
  const cases: [string, Partial<CreateDeploymentGroupInput>, string, string][] = [
    [
      'without a ready option',
      {
        blueGreenDeploymentConfiguration: { terminateBlueInstancesOnDeploymentSuccess: keep },
      },
      blueGreen,
      'Deployment ready option cannot be null for blue green deployment',
    ],
    [
      'without an end of blue',
      {
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        },
      },
      blueGreen,
      'Terminate blue instances on deployment success behaviour cannot be set to null for Blue Green deployments',
    ],
    [
      'that keeps blue for more than two days',
      {
        blueGreenDeploymentConfiguration: {
          terminateBlueInstancesOnDeploymentSuccess: {
            ...keep,
            terminationWaitTimeInMinutes: 2881,
          },
          deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        },
      },
      blueGreen,
      'Timeout for instance termination cannot be more than 2 days',
    ],
    [
      'that continues after a wait',
      withReady({ actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 1 }),
      blueGreen,
      "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
    ],
    [
      'that stops after no wait',
      withReady({ actionOnTimeout: 'STOP_DEPLOYMENT' }),
      blueGreen,
      'Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes.',
    ],
    [
      'with an action that does not exist',
      withReady({ actionOnTimeout: 'WAIT' }),
      blueGreen,
      'Deployment ready action must be CONTINUE_DEPLOYMENT or STOP_DEPLOYMENT, not WAIT',
    ],
    [
      'that rolls back after nothing',
      { autoRollbackConfiguration: { enabled: true } },
      'InvalidAutoRollbackConfigException',
      'Deployment Groups need to have at least one event specified when auto rollback is enabled',
    ],
    [
      'that watches an absent list of alarms',
      { alarmConfiguration: { enabled: true } },
      'InvalidAlarmConfigException',
      'Alarm list cannot be null.',
    ],
    [
      'that watches an empty list of alarms',
      { alarmConfiguration: { enabled: true, alarms: [] } },
      'InvalidAlarmConfigException',
      'Deployment Groups need to have at least one alarms attached if they are monitored.',
    ],
    [
      'with eleven triggers',
      {
        triggerConfigurations: Array.from({ length: 11 }, (_, index) =>
          trigger(`t${index}`, `${topic}${index}`),
        ),
      },
      'TriggerTargetsLimitExceededException',
      'Deployment Groups cannot contain more than 10 TriggerTargets.',
    ],
    [
      'with a name of triggers twice',
      { triggerConfigurations: [trigger('t', topic), trigger('t', `${topic}2`)] },
      'InvalidTriggerConfigException',
      'Duplicate Trigger target name detected',
    ],
    [
      'with a topic twice',
      { triggerConfigurations: [trigger('t', topic), trigger('u', topic)] },
      'InvalidTriggerConfigException',
      'Duplicate Trigger target arn detected',
    ],
    [
      'with a topic of another Region',
      { triggerConfigurations: [trigger('t', 'arn:aws:sns:us-east-1:111122223333:x')] },
      'InvalidTriggerConfigException',
      'Topic ARN arn:aws:sns:us-east-1:111122223333:x is not valid',
    ],
  ];
  it.each(cases)('%s is refused', (_, members, code, message) => {
    const input = { ...groupInput(), deploymentGroupName: 'second', ...members };
    expect(() => deploy.model.applications.createGroup(input)).toThrow(thrown(code, message));
  });
});
