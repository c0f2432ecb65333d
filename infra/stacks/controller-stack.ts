import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../../functions/core/config/schema.ts';
import { ControllerFunction, type HookNetwork } from '../constructs/controller-function.ts';
import { deadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { DeployWorkflow } from '../constructs/deploy-workflow.ts';
import { EventSources } from '../constructs/event-sources.ts';
import { recordsBucket } from '../constructs/records-bucket.ts';
import { ReleaseFunctions } from '../constructs/release-functions.ts';
import { configuredArns } from '../permissions/configured-arns.ts';
import { observeExecutionPermissions, records } from '../permissions/function-permissions.ts';

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
        VerifyReleaseFunction: functions.verifyRelease.function,
      },
    });
    const receiveImagePush = new ControllerFunction(this, 'ReceiveImagePush', {
      functionName: 'greengate-receive-image-push',
      description: 'Routes one image push to one named execution per service, or says why not',
      code: join(props.bundleDirectory, 'receive-image-push'),
      memoryMb: 512,
      timeoutSeconds: 30,
      environment: {
        RECORDS_BUCKET: bucket.bucketName,
        STATE_MACHINE_ARN: workflow.stateMachine.stateMachineArn,
      },
      onFailure: failedInvocations,
      // As long as EventBridge itself would try: a push must not be lost to an outage of an hour.
      maxEventAgeSeconds: 6 * 3600,
      permissions: [
        {
          actions: ['states:StartExecution'],
          resources: [workflow.stateMachine.stateMachineArn],
        },
        ...records(targets, { write: ['pushes'] }),
      ],
    });
    const observeExecution = new ControllerFunction(this, 'ObserveExecution', {
      functionName: 'greengate-observe-execution',
      description: 'Leaves an outcome for an execution that was stopped or that gave up',
      code: join(props.bundleDirectory, 'observe-execution'),
      memoryMb: 512,
      // It may conclude a deployment whose rollback still runs, as observe-deployment does.
      timeoutSeconds: 600,
      environment: {
        RECORDS_BUCKET: bucket.bucketName,
        NOTIFICATION_TOPIC_ARN: topic.topicArn,
      },
      onFailure: failedInvocations,
      maxEventAgeSeconds: 3600,
      permissions: observeExecutionPermissions(targets),
    });
    new EventSources(this, 'Events', {
      config: props.config,
      receiveImagePush: receiveImagePush.function,
      observeDeployment: functions.observeDeployment.function,
      observeExecution: observeExecution.function,
      observeTask: functions.observeTask.function,
      stateMachineArn: workflow.stateMachine.stateMachineArn,
      undelivered,
    });

    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'RecordsBucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'NotificationTopicArn', { value: topic.topicArn });
  }
}
