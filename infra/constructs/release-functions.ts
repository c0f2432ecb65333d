import { join } from 'node:path';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import type { FunctionBundle } from '../bundling/function-bundles.ts';
import { hookName, hookNamePrefix } from '../names.ts';
import { readListeners } from '../permissions/balancer-permissions.ts';
import {
  createDeployments,
  endRetentions,
  readDeployments,
  stopDeployments,
} from '../permissions/codedeploy-permissions.ts';
import {
  describeServices,
  readTaskDefinitions,
  readTasks,
  registerTaskDefinitions,
} from '../permissions/ecs-permissions.ts';
import {
  type PermissionTargets,
  publishNotifications,
  readExecutions,
  readImages,
  readLineSwitch,
  records,
} from '../permissions/function-permissions.ts';
import { hookPermissions } from '../permissions/hook-permissions.ts';
import {
  concludeDeployments,
  observeTaskPermissions,
} from '../permissions/observer-permissions.ts';
import { preflightPermissions } from '../permissions/preflight-permissions.ts';
import { readRollouts, rollOutPermissions } from '../permissions/rolling-permissions.ts';
import { ControllerFunction, type HookNetwork } from './controller-function.ts';

export interface ReleaseFunctionsProps {
  /** Output folder of buildBundles. */
  readonly bundleDirectory: string;
  readonly targets: PermissionTargets;
  readonly recordsBucketName: string;
  readonly failedInvocations: IQueue;
  /** Where the hooks run when their listeners cannot be reached from outside a VPC. */
  readonly hookNetwork?: HookNetwork;
}

/** Everything but what needs the state machine, which needs these. */
export class ReleaseFunctions extends Construct {
  readonly resolveRelease: ControllerFunction;
  readonly preflight: ControllerFunction;
  readonly registerTaskDefinition: ControllerFunction;
  readonly runDeployment: ControllerFunction;
  readonly rollOut: ControllerFunction;
  readonly verifyRelease: ControllerFunction;
  readonly observeDeployment: ControllerFunction;
  readonly observeTask: ControllerFunction;
  readonly hooks: readonly ControllerFunction[];

  constructor(scope: Construct, id: string, props: ReleaseFunctionsProps) {
    super(scope, id);
    const { targets } = props;
    const bundled = (bundle: FunctionBundle) => ({
      code: join(props.bundleDirectory, bundle),
      environment: { RECORDS_BUCKET: props.recordsBucketName },
    });
    const workflowStep = (bundle: FunctionBundle) => ({
      ...bundled(bundle),
      functionName: `greengate-${bundle}`,
      // A handful of API calls with the SDK's own retries; CPU comes with memory and shortens cold starts.
      memoryMb: 512,
      timeoutSeconds: 60,
    });

    this.resolveRelease = new ControllerFunction(this, 'ResolveRelease', {
      ...workflowStep('resolve-release'),
      description:
        'Re-reads the tag and what runs now; decides whether there is anything to deploy',
      environment: {
        ...bundled('resolve-release').environment,
        // Spelled out: the state machine itself needs this function.
        STATE_MACHINE_ARN: targets.configured.workflow,
      },
      permissions: [
        readImages(targets, ['DescribeImages', 'BatchGetImage', 'GetDownloadUrlForLayer']),
        describeServices(targets),
        ...readTasks(targets),
        readTaskDefinitions(['DescribeTaskDefinition']),
        // What runs may be about to change.
        readDeployments(targets, ['ListDeployments', 'BatchGetDeployments']),
        ...readRollouts(targets),
        // Whether the sweep, or a late event, started the same push before.
        ...readExecutions(targets),
        readLineSwitch(targets),
        // What was deployed before, for who goes back; and whether an older image was pushed anew.
        ...records(targets, { read: ['deployments', 'pushes'], write: ['pushes'] }),
      ],
    });

    const notifying = { NOTIFICATION_TOPIC_ARN: targets.notificationTopicArn };
    this.preflight = new ControllerFunction(this, 'Preflight', {
      ...workflowStep('preflight'),
      description: 'Asks every check before anything is created and refuses what would fail',
      environment: {
        ...bundled('preflight').environment,
        ...notifying,
        HOOK_NAME_PREFIX: hookNamePrefix,
      },
      // A dozen clients open their connections at once, within ten seconds: CPU comes with memory.
      memoryMb: 1024,
      // Ten seconds for the checks, and up to five minutes for a scan that is still running.
      timeoutSeconds: 360,
      permissions: [
        ...preflightPermissions(targets),
        publishNotifications(targets),
        ...records(targets, { read: ['pushes', 'balancing'], write: ['pushes', 'balancing'] }),
      ],
    });

    this.registerTaskDefinition = new ControllerFunction(this, 'RegisterTaskDefinition', {
      ...workflowStep('register-task-definition'),
      description:
        'Registers the running task definition with the new image, or reuses an equal one',
      permissions: [
        describeServices(targets),
        readTaskDefinitions(['DescribeTaskDefinition', 'ListTaskDefinitions']),
        ...registerTaskDefinitions(targets),
        ...records(targets, { write: ['pushes'] }),
      ],
    });

    this.runDeployment = new ControllerFunction(this, 'RunDeployment', {
      ...workflowStep('run-deployment'),
      description: 'Ensures the CodeDeploy deployment of this execution and keeps its task token',
      environment: {
        ...bundled('run-deployment').environment,
        ...notifying,
        HOOK_NAME_PREFIX: hookNamePrefix,
      },
      permissions: [
        // Only to see whether a newer image waits.
        readImages(targets, ['DescribeImages']),
        ...createDeployments(targets),
        // Only to see whether production has another task definition by now.
        readTaskDefinitions(['DescribeTaskDefinition']),
        // To make room for the newest push, where the configuration says so.
        stopDeployments,
        endRetentions,
        readLineSwitch(targets),
        ...concludeDeployments(targets),
      ],
    });

    const rolls = targets.configured.rollingServices.length > 0;
    this.rollOut = new ControllerFunction(this, 'RollOut', {
      ...workflowStep('roll-out'),
      description: 'Ensures the rolling update of this execution and watches it to its end',
      environment: { ...bundled('roll-out').environment, ...notifying },
      // It probes as the hooks do: more CPU, or the prober itself is what is slow.
      memoryMb: 1024,
      // As long as Lambda lets it: what goes on longer is watched by the next invocation.
      timeoutSeconds: 900,
      permissions: rollOutPermissions(targets),
      ...(rolls && props.hookNetwork && { network: props.hookNetwork }),
    });

    this.verifyRelease = new ControllerFunction(this, 'VerifyRelease', {
      ...workflowStep('verify-release'),
      description: 'Checks that what runs and what serves production is the release',
      permissions: [
        describeServices(targets),
        ...readTasks(targets),
        readListeners,
        // To see whether what runs is the next deployment's doing already.
        readDeployments(targets, ['GetDeploymentGroup', 'ListDeployments', 'BatchGetDeployments']),
        ...records(targets, {
          read: ['deployments', 'balancing'],
          write: ['deployments', 'pushes'],
        }),
      ],
    });

    this.observeDeployment = new ControllerFunction(this, 'ObserveDeployment', {
      ...workflowStep('observe-deployment'),
      description: 'Follows a finished deployment and its rollback, records, notifies, answers',
      environment: { ...bundled('observe-deployment').environment, ...notifying },
      // It stays with a rollback until that is terminal: seconds as a rule (aws-facts 3.8), minutes at worst.
      timeoutSeconds: 600,
      onFailure: props.failedInvocations,
      // Both of Lambda's retries fit, after one and two minutes (aws-facts 6).
      maxEventAgeSeconds: 3600,
      permissions: concludeDeployments(targets),
    });

    this.observeTask = new ControllerFunction(this, 'ObserveTask', {
      ...workflowStep('observe-task'),
      description: 'Gives up a replacement whose tasks cannot run, within minutes',
      // After a first stop it stays to see whether a second one follows within three minutes.
      timeoutSeconds: 240,
      onFailure: props.failedInvocations,
      maxEventAgeSeconds: 3600,
      permissions: observeTaskPermissions(targets),
    });

    this.hooks = hookLifecycleEvents.map(
      (lifecycleEvent) =>
        new ControllerFunction(this, lifecycleEvent, {
          ...bundled('lifecycle-hook'),
          functionName: hookName(lifecycleEvent),
          description: `Judges the replacement at ${lifecycleEvent} and reports to CodeDeploy`,
          environment: {
            ...bundled('lifecycle-hook').environment,
            LIFECYCLE_EVENT: lifecycleEvent,
            ...(lifecycleEvent === 'BeforeAllowTraffic' && notifying),
          },
          // Probes open many connections at once: more CPU, or the prober itself is what is slow.
          memoryMb: 1024,
          // Hundreds of probes take minutes; Lambda's own limit is 15 and CodeDeploy waits 60 (aws-facts 3.3).
          timeoutSeconds: 300,
          onFailure: props.failedInvocations,
          // After CodeDeploy's hour a retry has nobody to report to.
          maxEventAgeSeconds: 3600,
          permissions: hookPermissions(targets, lifecycleEvent),
          ...(props.hookNetwork && { network: props.hookNetwork }),
        }),
    );
  }
}
