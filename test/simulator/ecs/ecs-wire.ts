import { DescribeTasksCommand, ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { Settings } from '../../../simulator/core/settings.ts';
import { ecsWire } from '../../../simulator/ecs/wire.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';
import { EcsFixture } from './ecs-fixture.ts';

/** An ECS fixture behind its own wire, with an SDK client. */
export class EcsWire<Fixture extends EcsFixture = EcsFixture> {
  readonly fixture: Fixture;
  readonly client: ECSClient;
  readonly #server: ServedWire;

  private constructor(fixture: Fixture, server: ServedWire) {
    this.fixture = fixture;
    this.#server = server;
    this.client = new ECSClient(server.client);
  }

  static start(settings: Partial<Settings> = {}): Promise<EcsWire> {
    return EcsWire.over(new EcsFixture(settings));
  }

  static async over<Fixture extends EcsFixture>(fixture: Fixture): Promise<EcsWire<Fixture>> {
    const services = [ecsWire(fixture.model, fixture.world)];
    return new EcsWire(fixture, await serveWire(fixture.world, services));
  }

  /** The task as DescribeTasks answers it. */
  async task(arn: string | undefined): Promise<Task> {
    const { tasks } = await this.client.send(
      new DescribeTasksCommand({ cluster: 'sample', tasks: [arn ?? ''], include: ['TAGS'] }),
    );
    return tasks?.[0] ?? {};
  }

  /** Resolves once a task's event says so; at once when it has been said. */
  async until(arn: string | undefined, holds: (detail: Task) => boolean): Promise<Task> {
    const said = () =>
      this.fixture.events
        .filter(({ resources }) => resources[0] === arn)
        .map(({ detail }) => detail as Task)
        .find(holds);
    for (;;) {
      const found = said();
      if (found) return found;
      await this.fixture.nextEvent();
    }
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.#server.stop();
    await this.fixture.stop();
  }
}
