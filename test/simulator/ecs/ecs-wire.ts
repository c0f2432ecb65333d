import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeTasksCommand, ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { Settings } from '../../../simulator/core/settings.ts';
import { ecsWire } from '../../../simulator/ecs/wire.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';
import { EcsFixture } from './ecs-fixture.ts';

/** An ECS fixture behind its own wire, with an SDK client. */
export class EcsWire {
  readonly fixture: EcsFixture;
  readonly client: ECSClient;
  readonly #server: http.Server;

  private constructor(fixture: EcsFixture, server: http.Server) {
    this.fixture = fixture;
    this.#server = server;
    this.client = new ECSClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  static async start(settings: Partial<Settings> = {}): Promise<EcsWire> {
    const fixture = new EcsFixture(settings);
    const handler = createWireHandler(fixture.world, [ecsWire(fixture.model, fixture.world)]);
    const server = http.createServer((request, response) => void handler(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new EcsWire(fixture, server);
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
    this.#server.closeAllConnections();
    this.#server.close();
    await this.fixture.stop();
  }
}
