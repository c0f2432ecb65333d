import type {
  BatchGetDeploymentGroupsCommandInput,
  BatchGetDeploymentGroupsCommandOutput,
  CreateApplicationCommandInput,
  CreateApplicationCommandOutput,
  CreateDeploymentConfigCommandInput,
  CreateDeploymentConfigCommandOutput,
  CreateDeploymentGroupCommandInput,
  CreateDeploymentGroupCommandOutput,
  GetApplicationCommandInput,
  GetApplicationCommandOutput,
  GetDeploymentConfigCommandInput,
  GetDeploymentConfigCommandOutput,
  GetDeploymentGroupCommandInput,
  GetDeploymentGroupCommandOutput,
  ListApplicationsCommandInput,
  ListApplicationsCommandOutput,
  ListDeploymentConfigsCommandInput,
  ListDeploymentConfigsCommandOutput,
  ListDeploymentGroupsCommandInput,
  ListDeploymentGroupsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { limitBatch } from './batch-limit.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { applicationInfo, configInfo, groupInfo } from './shapes.ts';

export function applicationOperations(model: CodeDeployModel): WireService['operations'] {
  const { applications, configs } = model;
  const shown = (group: DeploymentGroup) =>
    groupInfo(group, model.deployments.ofGroup(group.applicationName, group.name));
  return {
    CreateApplication: operation<CreateApplicationCommandInput, CreateApplicationCommandOutput>(
      ['applicationName', 'computePlatform', 'tags'],
      ({ applicationName = '', computePlatform, tags }) => ({
        applicationId: applications.create(applicationName, computePlatform, tags).id,
      }),
    ),

    GetApplication: operation<GetApplicationCommandInput, GetApplicationCommandOutput>(
      ['applicationName'],
      ({ applicationName }) => ({
        application: applicationInfo(applications.get(applicationName)),
      }),
    ),

    ListApplications: operation<ListApplicationsCommandInput, ListApplicationsCommandOutput>(
      ['nextToken'],
      ({ nextToken }) => {
        const { items, next } = page(applications.names(), nextToken);
        return { applications: items, ...next };
      },
    ),

    CreateDeploymentGroup: operation<
      CreateDeploymentGroupCommandInput,
      CreateDeploymentGroupCommandOutput
    >(
      [
        'applicationName',
        'deploymentGroupName',
        'deploymentConfigName',
        'serviceRoleArn',
        'deploymentStyle',
        'blueGreenDeploymentConfiguration',
        'loadBalancerInfo',
        'ecsServices',
        'autoRollbackConfiguration',
        'alarmConfiguration',
        'triggerConfigurations',
        'tags',
      ],
      (input) => ({ deploymentGroupId: applications.createGroup(input).id }),
    ),

    GetDeploymentGroup: operation<GetDeploymentGroupCommandInput, GetDeploymentGroupCommandOutput>(
      ['applicationName', 'deploymentGroupName'],
      ({ applicationName, deploymentGroupName }) => ({
        deploymentGroupInfo: shown(applications.group(applicationName, deploymentGroupName)),
      }),
    ),

    BatchGetDeploymentGroups: operation<
      BatchGetDeploymentGroupsCommandInput,
      BatchGetDeploymentGroupsCommandOutput
    >(['applicationName', 'deploymentGroupNames'], ({ applicationName, deploymentGroupNames }) => ({
      deploymentGroupsInfo: limitBatch(deploymentGroupNames, 100).map((name) =>
        shown(applications.group(applicationName, name)),
      ),
    })),

    ListDeploymentGroups: operation<
      ListDeploymentGroupsCommandInput,
      ListDeploymentGroupsCommandOutput
    >(['applicationName', 'nextToken'], ({ applicationName, nextToken }) => {
      const application = applications.get(applicationName);
      const { items, next } = page([...application.groups.keys()].sort(), nextToken);
      return { applicationName: application.name, deploymentGroups: items, ...next };
    }),

    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceArn', 'NextToken'], ({ ResourceArn, NextToken }) => {
      const { items, next } = page(applications.tagsOf(ResourceArn), NextToken);
      return { Tags: items, ...(next.nextToken && { NextToken: next.nextToken }) };
    }),

    CreateDeploymentConfig: operation<
      CreateDeploymentConfigCommandInput,
      CreateDeploymentConfigCommandOutput
    >(
      ['deploymentConfigName', 'computePlatform', 'trafficRoutingConfig'],
      ({ deploymentConfigName = '', computePlatform, trafficRoutingConfig }) => {
        if (computePlatform !== 'ECS') {
          throw new AwsError(
            'InvalidComputePlatformException',
            `The simulator models compute platform ECS only, not ${computePlatform ?? 'Server'}`,
          );
        }
        return {
          deploymentConfigId: configs.create(deploymentConfigName, trafficRoutingConfig).id,
        };
      },
    ),

    GetDeploymentConfig: operation<
      GetDeploymentConfigCommandInput,
      GetDeploymentConfigCommandOutput
    >(['deploymentConfigName'], ({ deploymentConfigName = '' }) => ({
      deploymentConfigInfo: configInfo(configs.get(deploymentConfigName)),
    })),

    ListDeploymentConfigs: operation<
      ListDeploymentConfigsCommandInput,
      ListDeploymentConfigsCommandOutput
    >(['nextToken'], ({ nextToken }) => {
      const { items, next } = page(configs.names(), nextToken);
      return { deploymentConfigsList: items, ...next };
    }),
  };
}
