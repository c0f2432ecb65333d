import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../../functions/core/config/schema.ts';
import { Alarms } from '../constructs/alarms.ts';
import type { HookNetwork } from '../constructs/controller-function.ts';
import { deadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { DeployWorkflow } from '../constructs/deploy-workflow.ts';
import { EventSources } from '../constructs/event-sources.ts';
import { recordsBucket } from '../constructs/records-bucket.ts';
import { ReleaseFunctions } from '../constructs/release-functions.ts';
import { workflowClients } from '../constructs/workflow-clients.ts';
import { configuredArns } from '../permissions/configured-arns.ts';

export interface ControllerStackProps extends StackProps {
  readonly config: Config;
  readonly bundleDirectory: string;
  /** Text of statemachine/deploy.asl.json. */
  readonly definition: string;
  /** Default: hooks run outside any VPC. */
  readonly hookNetwork?: HookNetwork;
}

/** Greengate itself: functions, workflow, rules, records, notifications. */
export class ControllerStack extends Stack {
  constructor(scope: Construct, id: string, props: ControllerStackProps) {
    super(scope, id, props);
    const undelivered = deadLetterQueue(this, 'UndeliveredEvents', 'greengate-undelivered-events');
    const failedInvocations = deadLetterQueue(
      this,
      'FailedInvocations',
      'greengate-failed-invocations',
    );
    const bucket = recordsBucket(this, 'Records');
    const topic = new Topic(this, 'Notifications', {
      topicName: 'greengate-notifications',
      displayName: 'Greengate deployments',
      enforceSSL: true,
    });
    const targets = {
      configured: configuredArns(this, props.config),
      recordsBucketArn: bucket.bucketArn,
      notificationTopicArn: topic.topicArn,
    };

    const functions = new ReleaseFunctions(this, 'Functions', {
      bundleDirectory: props.bundleDirectory,
      targets,
      recordsBucketName: bucket.bucketName,
      failedInvocations,
      ...(props.hookNetwork && { hookNetwork: props.hookNetwork }),
    });
    const workflow = new DeployWorkflow(this, 'Workflow', {
      definition: props.definition,
      functions: {
        ResolveReleaseFunction: functions.resolveRelease.function,
        PreflightFunction: functions.preflight.function,
        RegisterTaskDefinitionFunction: functions.registerTaskDefinition.function,
        RunDeploymentFunction: functions.runDeployment.function,
        RollOutFunction: functions.rollOut.function,
        VerifyReleaseFunction: functions.verifyRelease.function,
      },
    });
    const clients = workflowClients(this, {
      bundleDirectory: props.bundleDirectory,
      targets,
      recordsBucketName: bucket.bucketName,
      stateMachine: workflow.stateMachine,
      failedInvocations,
    });
    new EventSources(this, 'Events', {
      config: props.config,
      receiveImagePush: clients.receiveImagePush.function,
      observeDeployment: functions.observeDeployment.function,
      observeExecution: clients.observeExecution.function,
      observeTask: functions.observeTask.function,
      sweep: clients.sweep.function,
      stateMachineArn: workflow.stateMachine.stateMachineArn,
      undelivered,
    });

    new Alarms(this, 'Alarms', {
      topic,
      functions: {
        RunDeployment: functions.runDeployment,
        RollOut: functions.rollOut,
        ObserveDeployment: functions.observeDeployment,
        ObserveExecution: clients.observeExecution,
        Sweep: clients.sweep,
      },
    });

    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'RecordsBucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'NotificationTopicArn', { value: topic.topicArn });
  }
}
