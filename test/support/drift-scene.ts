import type { ListenerRule } from '../../functions/core/ports/listener-rules.ts';
import type { ReportDriftDeps } from '../../functions/sweep/report-drift.ts';
import { forwarding, listenerArns } from './builders/traffic.ts';
import { codeDeployService, taskSet } from './fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from './fakes/fake-load-balancing.ts';
import { FakeServiceDeployments } from './fakes/fake-service-deployments.ts';
import { TrafficScene } from './traffic-scene.ts';

/** A rule that forwards everything of its listener to blue. */
export function listenerRule(arn: string, changes: Partial<ListenerRule> = {}): ListenerRule {
  const weights = { [blueGroup.arn]: 100, [greenGroup.arn]: 0 };
  return {
    arn: `${arn}/default`,
    priority: 'default',
    conditions: '[]',
    actions: [{ type: 'forward', weights, settings: '{}' }],
    ...changes,
  };
}

/** A service at rest, with nothing that preflight would find, and the rules of its listeners. */
export class DriftScene extends TrafficScene {
  readonly serviceDeployments = new FakeServiceDeployments();
  readonly rules = new Map<string, ListenerRule[]>(
    Object.values(listenerArns).map((arn) => [arn, [listenerRule(arn)]]),
  );

  driftPorts(): ReportDriftDeps['drift'] {
    return {
      ...this.ports(),
      deployments: this.deployments,
      serviceDeployments: this.serviceDeployments,
      services: {
        describeService: async () => this.service,
        listRunningTasks: async () => [],
      },
      rules: { rules: async (arn) => this.rules.get(arn) ?? [] },
    };
  }

  /** Green serves production, by this deployment. */
  serveGreen(externalId: string, taskDefinitionArn = 'arn:task-definition/shop:9'): void {
    const primaryTaskSet = taskSet({
      id: 'ecs-svc/2222222222222222222',
      externalId,
      taskDefinitionArn,
      targetGroupArn: greenGroup.arn,
    });
    this.service = codeDeployService([primaryTaskSet]);
    for (const arn of Object.values(listenerArns)) {
      this.forwardings.set(arn, [forwarding(arn, 0, 100)]);
      const weights = { [blueGroup.arn]: 0, [greenGroup.arn]: 100 };
      const actions = [{ type: 'forward', weights, settings: '{}' }];
      this.rules.set(
        arn,
        (this.rules.get(arn) ?? []).map((rule) =>
          rule.priority === 'default' ? { ...rule, actions } : rule,
        ),
      );
    }
  }
}
