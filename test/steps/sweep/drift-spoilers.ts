import { forwarding, listenerArns } from '../../support/builders/traffic.ts';
import { type DriftScene, listenerRule } from '../../support/drift-scene.ts';
import { codeDeployService, taskSet } from '../../support/fakes/fake-ecs-services.ts';

/** What somebody did behind our back, the check that finds it, and what it says. */
export const driftSpoilers: [string, string, (scene: DriftScene) => void, string][] = [
  [
    'production is on another group than the PRIMARY task set’s',
    'listeners-on-primary',
    ({ forwardings }) =>
      forwardings.set(listenerArns.production, [forwarding(listenerArns.production, 0, 100)]),
    'production listener: shop-blue 0, shop-green 100',
  ],
  [
    'both groups have traffic',
    'listeners-on-primary',
    ({ forwardings }) =>
      forwardings.set(listenerArns.production, [forwarding(listenerArns.production, 90, 10)]),
    'production listener: shop-blue 90, shop-green 10',
  ],
  [
    'the test listener shows another group',
    'listeners-on-primary',
    ({ forwardings }) =>
      forwardings.set(listenerArns.test, [forwarding(listenerArns.test, 0, 100)]),
    'test listener: shop-blue 0, shop-green 100',
  ],
  [
    'somebody added a rule',
    'rules-unchanged',
    ({ rules }) =>
      rules.set(listenerArns.production, [
        listenerRule(listenerArns.production),
        listenerRule('arn:rule/9', {
          arn: 'arn:rule/9',
          priority: '9',
          actions: [{ type: 'fixed-response', weights: {}, settings: '{"StatusCode":"503"}' }],
        }),
      ]),
    'arn:rule/9: priority 9, if [], fixed-response {"StatusCode":"503"}',
  ],
  [
    'somebody sent a share of it elsewhere',
    'rules-unchanged',
    ({ rules }) =>
      rules.set(listenerArns.production, [
        listenerRule(listenerArns.production, {
          actions: [{ type: 'forward', weights: { 'arn:group/other': 100 }, settings: '{}' }],
        }),
      ]),
    'forward arn:group/other',
  ],
  [
    'somebody removed the rule',
    'rules-unchanged',
    ({ rules }) => rules.set(listenerArns.test, []),
    'arn:listener/test/default: no such rule',
  ],
  [
    'somebody deployed by hand',
    'serving-on-record',
    (spoilt) => {
      spoilt.deployments.add({ deploymentId: 'd-BYHAND001', status: 'Succeeded' });
      spoilt.serveGreen('d-BYHAND001');
    },
    'arn:task-definition/shop:9 in task set ecs-svc/2222222222222222222 of deployment d-BYHAND001, created by user',
  ],
  [
    'a deployment of somebody else is in flight',
    'deployment-in-flight',
    ({ deployments }) => deployments.add({ deploymentId: 'd-CONSOLE01' }),
    'd-CONSOLE01 InProgress, by user',
  ],
  [
    'a task set is left over',
    'leaked-task-sets',
    (spoilt) => {
      spoilt.service = codeDeployService([
        taskSet(),
        taskSet({ id: 'ecs-svc/9', status: 'ACTIVE', externalId: 'd-LEFT00001' }),
      ]);
    },
    'ecs-svc/9 of d-LEFT00001 with 2 tasks',
  ],
  [
    'the alarms of the group are switched off',
    'rollback-alarms',
    (spoilt) => spoilt.setGroup({ alarmNames: [], switchedOffAlarmNames: ['shop-5xx'] }),
    'shop-5xx is switched off',
  ],
  [
    'the group does not name its alarm any more',
    'rollback-alarms',
    (spoilt) => spoilt.setGroup({ alarmNames: [] }),
    'shop-5xx is switched off',
  ],
  [
    'an alarm was deleted',
    'rollback-alarms',
    (spoilt) => {
      spoilt.alarms = [];
    },
    'shop-5xx does not exist',
  ],
  [
    'an alarm rolls nothing back any more',
    'rollback-alarms',
    (spoilt) => spoilt.setGroup({ rollbackEvents: ['DEPLOYMENT_FAILURE'] }),
    'no rollback on DEPLOYMENT_STOP_ON_ALARM',
  ],
];
