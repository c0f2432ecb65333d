import { type Patience, patientPort } from '../core/patience/patience.ts';
import type { PreflightPorts } from '../core/preflight/preflight-facts.ts';

/** How long throttled calls are repeated in one run, in milliseconds: the function has six minutes. */
export const patienceMs = 240_000;

/** The ports of preflight, each of whose calls is repeated while AWS throttles it. */
export function patientPorts(ports: PreflightPorts, patience: Patience): PreflightPorts {
  const patient = <T extends object>(port: T) => patientPort(port, patience);
  return {
    ...ports,
    images: patient(ports.images),
    imageScans: patient(ports.imageScans),
    services: patient(ports.services),
    taskDefinitions: patient(ports.taskDefinitions),
    roles: patient(ports.roles),
    secretCatalogue: patient(ports.secretCatalogue),
    deploymentGroups: patient(ports.deploymentGroups),
    deployments: patient(ports.deployments),
    balancers: patient(ports.balancers),
    alarmSettings: patient(ports.alarmSettings),
    network: patient(ports.network),
    scaling: patient(ports.scaling),
    hookFunctions: patient(ports.hookFunctions),
    rolePermissions: patient(ports.rolePermissions),
    containerInstances: patient(ports.containerInstances),
  };
}
