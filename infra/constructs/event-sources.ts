import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../../functions/core/config/schema.ts';

export interface EventSourcesProps {
  readonly config: Config;
  readonly receiveImagePush: IFunction;
  readonly observeDeployment: IFunction;
  /** What EventBridge could not hand over at all. */
  readonly undelivered: IQueue;
}

/** The two rules on the default bus; each with EventBridge's longest retries and a dead-letter queue. */
export class EventSources extends Construct {
  constructor(scope: Construct, id: string, props: EventSourcesProps) {
    super(scope, id);
    this.#rule('ImagePushed', {
      ruleName: 'greengate-image-pushed',
      description: 'Tagged pushes to the configured ECR repositories',
      eventPattern: imagePushPattern(props.config),
      target: props.receiveImagePush,
      undelivered: props.undelivered,
    });
    this.#rule('DeploymentChanged', {
      ruleName: 'greengate-deployment-changed',
      description: 'Ends of deployments of the configured CodeDeploy deployment groups',
      eventPattern: deploymentPattern(props.config),
      target: props.observeDeployment,
      undelivered: props.undelivered,
    });
  }

  #rule(
    id: string,
    rule: {
      readonly ruleName: string;
      readonly description: string;
      readonly eventPattern: EventPattern;
      readonly target: IFunction;
      readonly undelivered: IQueue;
    },
  ): void {
    new Rule(this, id, {
      ruleName: rule.ruleName,
      description: rule.description,
      eventPattern: rule.eventPattern,
      targets: [
        new LambdaFunction(rule.target, {
          deadLetterQueue: rule.undelivered,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}

/**
 * Only tagged pushes wake the starter: routes match tags, so a digest-only push can match none, and every
 * multi-architecture push sends one such event per child (aws-facts 1.1, 1.2). The function still explains
 * one that reaches it by another way.
 */
export function imagePushPattern(config: Config): EventPattern {
  return {
    source: ['aws.ecr'],
    detailType: ['ECR Image Action'],
    detail: {
      'action-type': ['PUSH'],
      result: ['SUCCESS'],
      'repository-name': unique(config.services.map((service) => service.image.repository)),
      'image-tag': Match.exists(),
    },
  };
}

/** Starts and Ready are left out: nothing is decided then, GetDeployment tells the rest (aws-facts 3.11). */
export function deploymentPattern(config: Config): EventPattern {
  return {
    source: ['aws.codedeploy'],
    detailType: ['CodeDeploy Deployment State-change Notification'],
    detail: {
      state: ['SUCCESS', 'FAILURE', 'STOP'],
      application: unique(config.services.map((service) => service.target.application)),
      deploymentGroup: unique(config.services.map((service) => service.target.deploymentGroup)),
    },
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
