import { join } from 'node:path';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { FunctionBundle } from '../bundling/function-bundles.ts';
import { expireApprovals } from '../permissions/codedeploy-permissions.ts';
import {
  type PermissionTargets,
  readAlarms,
  readExecutions,
  readImages,
  records,
} from '../permissions/function-permissions.ts';
import { observeExecutionPermissions } from '../permissions/observer-permissions.ts';
import { ControllerFunction } from './controller-function.ts';

export interface WorkflowClientsProps {
  /** Output folder of buildBundles. */
  readonly bundleDirectory: string;
  readonly targets: PermissionTargets;
  readonly recordsBucketName: string;
  readonly stateMachine: StateMachine;
  readonly failedInvocations: IQueue;
}

export interface WorkflowClients {
  readonly receiveImagePush: ControllerFunction;
  readonly observeExecution: ControllerFunction;
  readonly sweep: ControllerFunction;
}

/** The functions that start executions of the workflow or look at them; they need it, as it needs the others. */
export function workflowClients(scope: Construct, props: WorkflowClientsProps): WorkflowClients {
  const { targets, stateMachine, failedInvocations } = props;
  const { stateMachineArn } = stateMachine;
  const startExecutions = { actions: ['states:StartExecution'], resources: [stateMachineArn] };
  const common = (bundle: FunctionBundle) => ({
    functionName: `greengate-${bundle}`,
    code: join(props.bundleDirectory, bundle),
    memoryMb: 512,
    onFailure: failedInvocations,
  });
  const environment = { RECORDS_BUCKET: props.recordsBucketName };
  const notifying = { ...environment, NOTIFICATION_TOPIC_ARN: targets.notificationTopicArn };
  return {
    receiveImagePush: new ControllerFunction(scope, 'ReceiveImagePush', {
      ...common('receive-image-push'),
      description: 'Routes one image push to one named execution per service, or says why not',
      timeoutSeconds: 30,
      environment: { ...environment, STATE_MACHINE_ARN: stateMachineArn },
      // As long as EventBridge itself would try: a push must not be lost to an outage of an hour.
      maxEventAgeSeconds: 6 * 3600,
      permissions: [startExecutions, ...records(targets, { write: ['pushes'] })],
    }),
    observeExecution: new ControllerFunction(scope, 'ObserveExecution', {
      ...common('observe-execution'),
      description: 'Leaves an outcome for an execution that was stopped or that gave up',
      // It may conclude a deployment whose rollback still runs, as observe-deployment does.
      timeoutSeconds: 600,
      environment: notifying,
      maxEventAgeSeconds: 3600,
      permissions: observeExecutionPermissions(targets),
    }),
    sweep: new ControllerFunction(scope, 'Sweep', {
      ...common('sweep'),
      description:
        'Starts pushes whose event was lost, and settles executions that nobody heard of',
      timeoutSeconds: 600,
      environment: { ...notifying, STATE_MACHINE_ARN: stateMachineArn },
      // The next sweep comes anyway.
      maxEventAgeSeconds: 600,
      permissions: [
        ...observeExecutionPermissions(targets),
        ...records(targets, { read: ['sweep', 'drift'], write: ['sweep', 'drift'] }),
        // Of the deployment groups, as drift is judged by them.
        readAlarms,
        // Only to see which images there are.
        readImages(targets, ['DescribeImages']),
        startExecutions,
        expireApprovals(targets),
        { actions: ['states:DescribeStateMachine'], resources: [stateMachineArn] },
        ...readExecutions(targets),
      ],
    }),
  };
}
