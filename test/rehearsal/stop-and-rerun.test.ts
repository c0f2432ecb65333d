import {
  CodeDeployClient,
  CreateDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { registrable } from '../../functions/core/task-definition/registrable.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 180_000;
const cluster = 'greengate-sample';
let sample: OpenSample;
let codeDeploy: CodeDeployClient;
let ecs: ECSClient;
/** Executions that ended without deploying, to be redriven later. */
const stopped: Record<string, string> = {};

beforeAll(async () => {
  sample = await openSample();
  codeDeploy = new CodeDeployClient(clientOptions(sample.simulator));
  ecs = new ECSClient(clientOptions(sample.simulator));
}, limitMs);

afterAll(() => sample?.stop());

/** Pushes and waits until the replacement is installed and production untouched. */
async function pushUntilInstalled(tag: string) {
  const { digest, fromSeq } = await sample.push(tag);
  const { executionArn } = await sample.watcher.execution(fromSeq, digest);
  const { deploymentId } = await sample.watcher.entry(
    'lifecycle.started',
    fromSeq,
    ({ lifecycleEvent }) => lifecycleEvent === 'AfterInstall',
  );
  return { executionArn, deploymentId, fromSeq };
}

async function redrive(executionArn: string) {
  const fromSeq = sample.simulator.world.journal.entries.length;
  await sample.states.send(new RedriveExecutionCommand({ executionArn }));
  return { ...(await sample.watcher.attempt(executionArn, fromSeq)), fromSeq };
}

async function productionTaskDefinition() {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: ['shop'] }));
  const taskDefinition = services?.[0]?.taskSets?.find(({ status }) => status === 'PRIMARY');
  return ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinition?.taskDefinition }),
  );
}

function appSpecWithoutHooks(TaskDefinition: string): string {
  const LoadBalancerInfo = { ContainerName: 'app', ContainerPort: 8080 };
  const Properties = { TaskDefinition, LoadBalancerInfo };
  const TargetService = { Type: 'AWS::ECS::Service', Properties };
  return JSON.stringify({ version: 0.0, Resources: [{ TargetService }] });
}

describe('a release that a person stops or runs again', { timeout: limitMs }, () => {
  it('is rolled back when its execution is stopped before production has moved', async () => {
    const { executionArn, deploymentId, fromSeq } = await pushUntilInstalled('v2');
    stopped.v2 = executionArn;

    await sample.states.send(
      new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'wrong tag' }),
    );

    const { message } = await sample.watcher.entry('notification.published', fromSeq, () => true);
    expect(message).toContain('Outcome: rolled-back');
    expect(message).toMatch(/^Rolled back: execution \S+ was stopped: Operator: wrong tag$/m);
    expect(sample.watcher.record(`deployments/${deploymentId}/record.json`)).toMatchObject({
      outcome: 'rolled-back',
      stop: { cause: 'execution-stopped' },
    });
  });

  it('is rolled back when its deployment is stopped in CodeDeploy', async () => {
    const { executionArn, deploymentId, fromSeq } = await pushUntilInstalled('v3');
    stopped.v3 = executionArn;

    await codeDeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));

    const attempt = await sample.watcher.attempt(executionArn, fromSeq);
    expect(attempt.outcome).toBe('rolled-back');
    expect(attempt.reason).toMatch(
      /^Rolled back: deployment d-\w+ was stopped during AfterInstall: MANUAL_STOP: /,
    );
  });

  it('does not overwrite a newer image when it is redriven', async () => {
    const attempt = await redrive(stopped.v2 ?? '');

    expect(attempt.outcome).toBe('superseded');
    expect(attempt.reason).toContain('team/shop:v3');
  });

  it('keeps what somebody changed in the task definition before the redrive', async () => {
    const { taskDefinition = {}, tags } = await productionTaskDefinition();
    const [container, ...others] = taskDefinition.containerDefinitions ?? [];
    const environment = [...(container?.environment ?? []), { name: 'LOG', value: 'debug' }];
    const changed = {
      ...registrable({ ...taskDefinition }),
      containerDefinitions: [{ ...container, environment }, ...others],
      ...(tags && { tags: tags.filter(({ key }) => !key?.startsWith('aws:')) }),
    } as unknown as RegisterTaskDefinitionCommandInput;
    const registered = await ecs.send(new RegisterTaskDefinitionCommand(changed));
    const { deploymentId = '' } = await codeDeploy.send(
      new CreateDeploymentCommand({
        applicationName: 'shop',
        deploymentGroupName: 'shop',
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: {
            content: appSpecWithoutHooks(registered.taskDefinition?.taskDefinitionArn ?? ''),
          },
        },
      }),
    );
    await sample.watcher.entry(
      'deployment.status',
      0,
      (one) => one.deploymentId === deploymentId && one.status === 'Succeeded',
    );

    const attempt = await redrive(stopped.v3 ?? '');

    expect(attempt.outcome).toBe('deployed');
    const states = sample.simulator.world.journal
      .of('execution.state-entered')
      .filter(({ seq }) => seq >= attempt.fromSeq)
      .map(({ state }) => state);
    expect(states.slice(0, 3)).toEqual(['RunDeployment', 'Preflight', 'RegisterTaskDefinition']);
    const now = (await productionTaskDefinition()).taskDefinition?.containerDefinitions?.[0];
    expect(now?.environment).toContainEqual({ name: 'LOG', value: 'debug' });
    expect(now?.image).not.toBe(container?.image);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
