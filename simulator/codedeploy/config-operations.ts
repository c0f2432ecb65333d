import type {
  CreateDeploymentConfigCommandInput,
  CreateDeploymentConfigCommandOutput,
  DeleteDeploymentConfigCommandInput,
  DeleteDeploymentConfigCommandOutput,
  GetDeploymentConfigCommandInput,
  GetDeploymentConfigCommandOutput,
  ListDeploymentConfigsCommandInput,
  ListDeploymentConfigsCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { refuseOtherPlatform } from './compute-platform.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { configInfo } from './shapes.ts';

export function configOperations(model: CodeDeployModel): WireService['operations'] {
  const { configs } = model;
  return {
    CreateDeploymentConfig: operation<
      CreateDeploymentConfigCommandInput,
      CreateDeploymentConfigCommandOutput
    >(
      [
        'deploymentConfigName',
        'computePlatform',
        'trafficRoutingConfig',
        'minimumHealthyHosts',
        'zonalConfig',
      ],
      ({ deploymentConfigName = '', computePlatform, trafficRoutingConfig, ...server }) => {
        refuseOtherPlatform(computePlatform);
        refuseServerMembers(server);
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

    DeleteDeploymentConfig: operation<
      DeleteDeploymentConfigCommandInput,
      DeleteDeploymentConfigCommandOutput
    >(['deploymentConfigName'], ({ deploymentConfigName }) => {
      model.deleteDeploymentConfig(deploymentConfigName);
      return {};
    }),
  };
}

/** Both speak of instances; the exceptions are those of their members [model]. */
function refuseServerMembers({
  minimumHealthyHosts,
  zonalConfig,
}: Pick<CreateDeploymentConfigCommandInput, 'minimumHealthyHosts' | 'zonalConfig'>): void {
  if (minimumHealthyHosts) {
    throw new AwsError(
      'InvalidMinimumHealthyHostValueException',
      'minimum healthy hosts should be null for ECS deployment configuration',
    );
  }
  if (zonalConfig) {
    throw new AwsError(
      'InvalidZonalDeploymentConfigurationException',
      'For ECS deployment configuration, zonalConfig can not be specified',
    );
  }
}
