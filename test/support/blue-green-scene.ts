import type { CheckConfig, Config } from '../../functions/core/config/schema.ts';
import type { TaskSet } from '../../functions/core/ports/ecs-services.ts';
import type { LoadBalancing } from '../../functions/core/ports/load-balancing.ts';
import { httpCheck } from './builders/checks.ts';
import { configOf, digestOf, serviceConfig } from './builders/releases.ts';
import { FakeAlarms } from './fakes/fake-alarms.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeCustomChecks } from './fakes/fake-custom-checks.ts';
import { deploymentGroup, FakeDeployments } from './fakes/fake-deployments.ts';
import {
  codeDeployService,
  FakeEcsServices,
  runningTask,
  taskSet,
} from './fakes/fake-ecs-services.ts';
import { FakeGrpcHealthTransport } from './fakes/fake-grpc-health-transport.ts';
import { FakeImageRegistry } from './fakes/fake-image-registry.ts';
import { FakeLineSwitch } from './fakes/fake-line-switch.ts';
import { blueGroup, FakeLoadBalancing, greenGroup, targets } from './fakes/fake-load-balancing.ts';
import { FakeLog } from './fakes/fake-log.ts';
import { FakeNotifier } from './fakes/fake-notifier.ts';
import { answered, FakeProbeTransport } from './fakes/fake-probe-transport.ts';
import { FakeRecords } from './fakes/fake-records.ts';
import { FakeSecrets } from './fakes/fake-secrets.ts';
import { FakeServiceDeployments } from './fakes/fake-service-deployments.ts';
import { FakeTaskDefinitions } from './fakes/fake-task-definitions.ts';
import { FakeWebSocketTransport } from './fakes/fake-web-socket-transport.ts';
import { FakeWorkflow } from './fakes/fake-workflow.ts';

export const deploymentId = 'd-AAAAAAAA1';
export const rollbackId = 'd-BBBBBBBB2';

/**
 * Service `shop` in the middle of a deployment: the original (v1) behind shop-blue, the replacement (v2,
 * steady and healthy) behind shop-green. Tests spoil one thing each.
 */
export class BlueGreenScene {
  readonly deployments = new FakeDeployments();
  readonly services = new FakeEcsServices();
  readonly taskDefinitions = new FakeTaskDefinitions();
  readonly images = new FakeImageRegistry();
  readonly loadBalancing = new FakeLoadBalancing();
  /** The same, of which tests may replace what is asked once. */
  spareBalancing: Pick<LoadBalancing, 'targetHealth'> = this.loadBalancing;
  readonly serviceDeployments = new FakeServiceDeployments();
  readonly productionListeners = {
    forwardingTo: async () => [
      await this.loadBalancing.listener(deploymentGroup().productionListenerArn ?? ''),
    ],
  };
  readonly alarms = new FakeAlarms();
  readonly probe = new FakeProbeTransport();
  readonly webSocket = new FakeWebSocketTransport();
  readonly grpcHealth = new FakeGrpcHealthTransport();
  readonly secrets = new FakeSecrets();
  readonly customChecks = new FakeCustomChecks();
  readonly records = new FakeRecords();
  readonly line = new FakeLineSwitch();
  readonly notifier = new FakeNotifier();
  readonly workflow = new FakeWorkflow();
  readonly clock = new FakeClock();
  readonly log = new FakeLog();
  readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  config: Config = configOf();
  readonly original: TaskSet;
  readonly replacement: TaskSet;

  constructor() {
    this.deployments.add({ deploymentId });
    const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf('2')}`;
    const document = { family: 'shop', containerDefinitions: [{ name: 'app', image }] };
    this.original = taskSet();
    this.replacement = taskSet({
      id: 'ecs-svc/2222222222222222222',
      externalId: deploymentId,
      status: 'ACTIVE',
      taskDefinitionArn: this.taskDefinitions.add(document),
      targetGroupArn: greenGroup.arn,
    });
    this.setTaskSets(this.original, this.replacement);
    this.runDigest(digestOf('2'));
    this.loadBalancing.health.set(greenGroup.arn, targets('healthy', 'healthy'));
    this.check('afterAllowTestTraffic', httpCheck({ requests: 20 }));
    this.images.push('team/shop', 'v2', digestOf('2'), Date.parse('2026-09-01T10:00:00Z'));
  }

  setTaskSets(...taskSets: TaskSet[]): void {
    this.services.services.set('prod/shop', codeDeployService(taskSets));
  }

  /** What the two tasks of the replacement show, beside two of the original. */
  runDigest(digest: string | undefined): void {
    const sets = [this.original, this.original, this.replacement, this.replacement];
    this.services.tasks.set(
      'prod/shop',
      sets.map((set, index) =>
        runningTask(set, set === this.replacement ? digest : digestOf('1'), index),
      ),
    );
  }

  check(when: keyof ReturnType<typeof serviceConfig>['checks'], ...checks: CheckConfig[]): void {
    const current = this.config.services[0] ?? serviceConfig();
    this.config = configOf({ ...current, checks: { ...current.checks, [when]: checks } });
  }

  /** AllowTestTraffic: the test listener moves to the replacement. */
  allowTestTraffic(): void {
    this.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 0, [greenGroup.arn]: 100 });
  }

  /** AllowTraffic: production moves too and the replacement becomes PRIMARY. */
  allowTraffic(): void {
    this.allowTestTraffic();
    this.loadBalancing.forward('arn:listener/production', {
      [blueGroup.arn]: 0,
      [greenGroup.arn]: 100,
    });
    this.setTaskSets(
      { ...this.original, status: 'ACTIVE' },
      { ...this.replacement, status: 'PRIMARY' },
    );
  }

  /** Every probe is answered with this status. */
  answer(status: number): void {
    this.probe.answer = () => answered(status, '{}');
  }
}
