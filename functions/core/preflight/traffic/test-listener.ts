import { codeDeployTarget } from '../code-deploy-target.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const testListener: PreflightCheck<TrafficCheckFacts> = {
  id: 'test-listener',
  title:
    'The deployment group has a production listener and a test listener, both of one load balancer',
  remedy:
    'Add a listener to the load balancer and name it in testTrafficRoute of the deployment group',

  async judge(facts) {
    const { deploymentGroup } = codeDeployTarget(facts.subject);
    const { productionListenerArn, testListenerArn } = await facts.existingGroup();
    if (productionListenerArn === undefined || testListenerArn === undefined) {
      return {
        status: 'NG',
        // AfterAllowTestTraffic is then left out in silence, and no check sees the replacement (aws-facts 3.1).
        expected: 'a production listener and a test listener',
        observed: `no ${productionListenerArn === undefined ? 'production' : 'test'} listener`,
        remedy: `Add a listener to the load balancer and name it in ${productionListenerArn === undefined ? 'prodTrafficRoute' : 'testTrafficRoute'} of deployment group "${deploymentGroup}"`,
      };
    }
    const listeners = await facts.listeners();
    const missing = [productionListenerArn, testListenerArn].filter(
      (arn) => !listeners.some((listener) => listener.arn === arn),
    );
    if (missing.length > 0) {
      return {
        status: 'NG',
        expected: `listeners ${productionListenerArn} and ${testListenerArn}`,
        observed: `no listener ${missing.join(', ')}`,
        remedy: `Create the listener, and name its new ARN in deployment group "${deploymentGroup}"`,
      };
    }
    const balancers = [...new Set(listeners.map(({ loadBalancerArn }) => loadBalancerArn))];
    if (balancers.length > 1) {
      return {
        status: 'NG',
        expected: 'both listeners on one load balancer',
        observed: balancers.join(' and '),
        remedy: `Name a test listener of ${balancers[0]} in deployment group "${deploymentGroup}"`,
      };
    }
    const ports = listeners.map(({ port }) => port);
    return { status: 'OK', observed: `production on port ${ports[0]}, test on port ${ports[1]}` };
  },
};
