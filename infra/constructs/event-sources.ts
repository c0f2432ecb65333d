import { Duration, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../../functions/core/config/schema.ts';
import { isCodeDeployTarget } from '../../functions/core/config/strategy-of.ts';
import { unhappyEnds } from '../../functions/core/events/execution-status-change.ts';

export interface EventSourcesProps {
  readonly config: Config;
  readonly receiveImagePush: IFunction;
  readonly observeDeployment: IFunction;
  readonly observeExecution: IFunction;
  readonly observeTask: IFunction;
  readonly sweep: IFunction;
  readonly stateMachineArn: string;
  /** What EventBridge could not hand over at all. */
  readonly undelivered: IQueue;
}

/** The rules on the default bus; each with EventBridge's longest retries and a dead-letter queue. */
export class EventSources extends Construct {
  constructor(scope: Construct, id: string, props: EventSourcesProps) {
    super(scope, id);
    this.#rule('ImagePushed', {
      ruleName: 'greengate-image-pushed',
      description: 'Pushes to ECR; the function routes them or says why not',
      eventPattern: imagePushPattern,
      target: props.receiveImagePush,
      undelivered: props.undelivered,
    });
    // A pattern without a single name would be refused.
    if (props.config.services.some(({ target }) => isCodeDeployTarget(target))) {
      this.#rule('DeploymentChanged', {
        ruleName: 'greengate-deployment-changed',
        description: 'Ends of deployments of the configured CodeDeploy deployment groups',
        eventPattern: deploymentPattern(props.config),
        target: props.observeDeployment,
        undelivered: props.undelivered,
      });
    }
    this.#rule('TaskStopped', {
      ruleName: 'greengate-task-stopped',
      description: 'Stopped tasks that task sets of the configured services started',
      eventPattern: stoppedTaskPattern(props.config, Stack.of(this)),
      target: props.observeTask,
      undelivered: props.undelivered,
    });
    this.#rule('SweepDue', {
      ruleName: 'greengate-sweep-due',
      description: 'Looks for pushes and ends whose events were lost',
      // An event lost costs so long at most, and a month of it some 4,400 short invocations.
      schedule: Schedule.rate(Duration.minutes(10)),
      target: props.sweep,
      undelivered: props.undelivered,
    });
    this.#rule('ExecutionEnded', {
      ruleName: 'greengate-execution-ended',
      description: 'Executions of the workflow that were stopped, failed or timed out',
      eventPattern: executionPattern(props.stateMachineArn),
      target: props.observeExecution,
      undelivered: props.undelivered,
    });
  }

  #rule(
    id: string,
    {
      target,
      undelivered,
      ...rule
    }: RuleProps & { readonly target: IFunction; readonly undelivered: IQueue },
  ): void {
    new Rule(this, id, {
      ...rule,
      targets: [
        new LambdaFunction(target, {
          deadLetterQueue: undelivered,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}

/**
 * Every push of the account wakes the starter, untagged ones and other repositories included: a misspelt
 * repository in the configuration is then answered with a reason, not with silence (docs/adr/0006).
 */
export const imagePushPattern: EventPattern = {
  source: ['aws.ecr'],
  detailType: ['ECR Image Action'],
  detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
};

/** Starts and Ready are left out: nothing is decided then, GetDeployment tells the rest (aws-facts 3.11). */
export function deploymentPattern(config: Config): EventPattern {
  const targets = config.services.map(({ target }) => target).filter(isCodeDeployTarget);
  return {
    source: ['aws.codedeploy'],
    detailType: ['CodeDeploy Deployment State-change Notification'],
    detail: {
      state: ['SUCCESS', 'FAILURE', 'STOP'],
      application: unique(targets.map(({ application }) => application)),
      deploymentGroup: unique(targets.map(({ deploymentGroup }) => deploymentGroup)),
    },
  };
}

/** Only of task sets: those of CodeDeploy, whose ids begin like this (aws-facts 2.4). */
export function stoppedTaskPattern(config: Config, stack: Stack): EventPattern {
  const clusterArn = (resourceName: string) =>
    stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName });
  return {
    source: ['aws.ecs'],
    detailType: ['ECS Task State Change'],
    detail: {
      lastStatus: ['STOPPED'],
      clusterArn: unique(config.services.map(({ target }) => target.cluster)).map(clusterArn),
      group: unique(config.services.map(({ target }) => `service:${target.service}`)),
      startedBy: [{ prefix: 'ecs-svc/' }],
    },
  };
}

/** An execution that SUCCEEDED has recorded its outcome itself. */
export function executionPattern(stateMachineArn: string): EventPattern {
  return {
    source: ['aws.states'],
    detailType: ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [stateMachineArn], status: [...unhappyEnds] },
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
