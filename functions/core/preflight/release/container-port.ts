import { containerDefinitions, renderPorts } from '../../task-definition/container-definitions.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

export const containerPort: PreflightCheck<ReleaseFacts> = {
  id: 'container-port',
  title: 'The container of the configuration and the load-balanced port are in the task definition',
  remedy: 'Mend target.container, or map the load-balanced port in the task definition',

  async judge(facts) {
    const { container } = facts.subject.service.target;
    const [service, { document }] = await Promise.all([
      facts.existingService(),
      facts.runningTaskDefinition(),
    ]);
    const containers = containerDefinitions(document);
    const names = containers.map(({ name }) => name).join(', ') || 'none';
    if (!containers.some(({ name }) => name === container)) {
      return {
        status: 'NG',
        expected: `a container "${container}" in family ${document.family}`,
        observed: `containers ${names}`,
        remedy: 'Mend target.container in the configuration, or add the container',
      };
    }
    const balanced = service.loadBalancedContainer;
    if (balanced === undefined) {
      return {
        status: 'NG',
        expected: 'a load-balanced container and port on the service or its PRIMARY task set',
        observed: 'no load balancer',
        remedy:
          'Create the service anew with a target group: CodeDeploy shifts traffic between two',
      };
    }
    const { name, port } = balanced;
    const ports = containers.find((one) => one.name === name)?.ports;
    if (ports?.some(({ first, last }) => first <= port && port <= last)) {
      return { status: 'OK', observed: `container ${container}; traffic goes to ${name}:${port}` };
    }
    return {
      status: 'NG',
      expected: `port ${port} of container "${name}" in family ${document.family}, where the target group sends traffic`,
      observed:
        ports === undefined ? `containers ${names}` : `ports ${renderPorts(ports) || 'none'}`,
      remedy: `Map containerPort ${port} in container "${name}" of the task definition`,
    };
  },
};
