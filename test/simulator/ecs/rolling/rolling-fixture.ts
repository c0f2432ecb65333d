import type {
  CreateServiceCommandInput,
  Service as ServiceShape,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { Settings } from '../../../../simulator/core/settings.ts';
import { describeService } from '../../../../simulator/ecs/describe-service.ts';
import type { Deployment } from '../../../../simulator/ecs/rolling/state.ts';
import type { Service } from '../../../../simulator/ecs/state.ts';
import { EcsFixture } from '../ecs-fixture.ts';

/** A container that ends at once, before it could be healthy. */
export const crashSource = 'process.exit(1);';

/** One that stays and listens nowhere. */
export const idleSource =
  'setInterval(() => {}, 60_000); process.on("SIGTERM", () => process.exit(0));';

/** A cluster for services under the ECS controller, without a load balancer unless given. */
export class RollingFixture extends EcsFixture {
  readonly alarms = new Map<string, 'OK' | 'ALARM'>();

  constructor(settings: Partial<Settings> = {}) {
    super({ uncheckedTaskSettleMs: 0, ...settings });
    this.world.provide('cloudwatch', {
      putMetric: () => {},
      holdMetric: () => {},
      alarmStates: (names: readonly string[]) =>
        names.map((name) => ({ name, state: this.alarms.get(name) ?? 'OK' })),
    } as never);
  }

  /** A task definition whose container does nothing for long; or with a port to wait for, one that does. */
  version(tag: string, source = idleSource): string {
    const image = this.image(tag, { source });
    return this.taskDefinition(source === idleSource ? { image, portMappings: [] } : { image });
  }

  create(more: Partial<CreateServiceCommandInput>): Service {
    return this.model.createService({
      cluster: 'sample',
      serviceName: 'shop',
      launchType: 'FARGATE',
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      ...more,
    });
  }

  update(more: Partial<UpdateServiceCommandInput>): Service {
    return this.model.updateService({ cluster: 'sample', service: 'shop', ...more });
  }

  describe(service: Service): ServiceShape {
    return describeService(this.model, service, false);
  }

  primary(service: Service): Deployment {
    const primary = this.model.rolling.find(service)?.primary;
    if (!primary) throw new Error('The service has no PRIMARY deployment');
    return primary;
  }

  /** Resolves once `holds` does, looked at after every step of the scheduler. */
  untilRolling(service: Service, holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.model.rolling.onChange(service, look);
      look();
    });
  }

  /** Waits for the rollout state of the PRIMARY deployment. */
  reached(service: Service, state: Deployment['rolloutState']): Promise<void> {
    return this.untilRolling(service, () => this.primary(service).rolloutState === state);
  }

  /** The service's own events, oldest first, without the service's name and with ids in short. */
  messages(service: Service): string[] {
    return service.events
      .map(({ message }) =>
        message
          .replace(/^\(service shop\) /, '')
          .replaceAll(/\(task [0-9a-f]{32}\)/g, '(task T)')
          .replaceAll(/ecs-svc\/\d{19}/g, 'ecs-svc/N')
          .replaceAll(/target-group arn:\S+(?=\))/g, 'target-group G'),
      )
      .reverse();
  }

  /** Details of the service's EventBridge events of a type, without times and ids. */
  details(detailType: string): Record<string, unknown>[] {
    return this.events
      .filter((event) => event.detailType === detailType)
      .map(({ detail }) => detail as Record<string, unknown>);
  }
}
