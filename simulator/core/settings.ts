import { type ContainerSettings, defaultContainerSettings } from './settings/container-settings.ts';
import {
  type DeploymentSettings,
  defaultDeploymentSettings,
} from './settings/deployment-settings.ts';
import { defaultServiceSettings, type ServiceSettings } from './settings/service-settings.ts';
import { defaultTrafficSettings, type TrafficSettings } from './settings/traffic-settings.ts';

/**
 * Behaviour that AWS does not document, or that takes time on AWS: named so that it can be switched.
 * Every field cites the fact it stands for. Durations are virtual milliseconds.
 */
export interface Settings
  extends DeploymentSettings,
    TrafficSettings,
    ContainerSettings,
    ServiceSettings {}

export const defaultSettings: Settings = {
  ...defaultDeploymentSettings,
  ...defaultTrafficSettings,
  ...defaultContainerSettings,
  ...defaultServiceSettings,
};
