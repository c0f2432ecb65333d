import { CodeDeployClient, CreateDeploymentCommand } from '@aws-sdk/client-codedeploy';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { sample } from '../../../infra/names.ts';
import type { Simulator } from '../../../simulator/simulator.ts';

export interface PlainDeployment {
  /** Reference of the new image, with its digest. */
  readonly image: string;
  /** Function called at AfterAllowTestTraffic; without it no hook runs. */
  readonly hook?: string;
}

/** What a pipeline without Greengate does: a new task definition revision, and a deployment of it. */
export async function startDeployment(
  simulator: Simulator,
  { image, hook }: PlainDeployment,
): Promise<string> {
  const taskDefinition = await registerRevision(simulator, image);
  const appSpec = {
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition,
            LoadBalancerInfo: {
              ContainerName: sample.container,
              ContainerPort: sample.containerPort,
            },
          },
        },
      },
    ],
    ...(hook !== undefined && { Hooks: [{ AfterAllowTestTraffic: hook }] }),
  };
  const { deploymentId = '' } = await new CodeDeployClient(clientOptions(simulator)).send(
    new CreateDeploymentCommand({
      applicationName: sample.application,
      deploymentGroupName: sample.deploymentGroup,
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content: JSON.stringify(appSpec) },
      },
    }),
  );
  return deploymentId;
}

async function registerRevision(simulator: Simulator, image: string): Promise<string> {
  const ecs = new ECSClient(clientOptions(simulator));
  const { services: [service] = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: sample.cluster, services: [sample.service] }),
  );
  const primary = service?.taskSets?.find(({ status }) => status === 'PRIMARY');
  const { taskDefinition: running } = await ecs.send(
    new DescribeTaskDefinitionCommand({
      taskDefinition: primary?.taskDefinition ?? service?.taskDefinition,
    }),
  );
  if (!running) throw new Error(`Service ${sample.service} runs no task definition`);
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: running.family,
      cpu: running.cpu,
      memory: running.memory,
      networkMode: running.networkMode,
      requiresCompatibilities: running.requiresCompatibilities,
      runtimePlatform: running.runtimePlatform,
      executionRoleArn: running.executionRoleArn,
      taskRoleArn: running.taskRoleArn,
      containerDefinitions: running.containerDefinitions?.map((container) =>
        container.name === sample.container ? { ...container, image } : container,
      ),
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}
