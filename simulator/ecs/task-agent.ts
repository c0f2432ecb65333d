import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from '../core/world.ts';
import type { Task } from './task.ts';
import { containerMetadata, taskMetadata } from './task-metadata.ts';

/** Where the agent answers inside every task. */
export const agentHost = '169.254.170.2';

/** Credentials of a task are renewed in time for six hours (developer guide, task IAM role). */
const longestSessionMs = 6 * 3_600_000;

/** The agent beside the tasks: metadata version 4 and the credentials of task roles, on one loopback port. */
export class TaskAgent {
  readonly #world: World;
  readonly #tasks: () => readonly Task[];
  #server: http.Server | undefined;
  #listening: Promise<void> | undefined;

  constructor(world: World, tasks: () => readonly Task[]) {
    this.#world = world;
    this.#tasks = tasks;
  }

  /** Settles once tasks can reach it; started by the first. */
  ready(): Promise<void> {
    this.#listening ??= new Promise((resolve) => {
      const server = http.createServer((request, response) => {
        const answer = this.#answer(request.url ?? '/');
        response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { message: 'Not simulated, or unknown' }));
      });
      this.#server = server;
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        this.#world.network.route(agentHost, 80, { host: '127.0.0.1', port });
        resolve();
      });
    });
    return this.#listening;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** A role that cannot be assumed is an answer like any other. */
  #answer(url: string): object | undefined {
    try {
      return this.#known(url);
    } catch (error) {
      return { code: 'CredentialsError', message: String(error) };
    }
  }

  #known(url: string): object | undefined {
    const [, taskId] = /^\/v2\/credentials\/([0-9a-f]+)$/.exec(url) ?? [];
    if (taskId !== undefined) return this.#credentials(taskId);
    const [, containerId, ofTask] = /^\/v4\/([0-9a-f-]+)(\/task)?\/?$/.exec(url) ?? [];
    for (const task of this.#tasks()) {
      const container = task.containers.find(({ id }) => id === containerId);
      if (container) return ofTask ? taskMetadata(task) : containerMetadata(task, container);
    }
    return undefined;
  }

  #credentials(taskId: string): object | undefined {
    const roleArn = this.#tasks().find(({ id }) => id === taskId)?.document.taskRoleArn;
    if (roleArn === undefined) return undefined;
    const session = { roleArn, sessionName: taskId };
    const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } =
      this.#world.services.iam.roleCredentials(session);
    return {
      RoleArn: roleArn,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: new Date(
        Math.min(expiresAtMs, this.#world.clock.now() + longestSessionMs),
      ).toISOString(),
    };
  }
}

/** What a container is told of the agent, and with a task role where AWS is. */
export function agentVariables(
  world: World,
  task: { readonly id: string; readonly taskRoleArn: string | undefined },
  containerId: string,
): Record<string, string> {
  return {
    ECS_CONTAINER_METADATA_URI_V4: `http://${agentHost}/v4/${containerId}`,
    ...(task.taskRoleArn?.startsWith('arn:') && {
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `/v2/credentials/${task.id}`,
      AWS_ENDPOINT_URL: world.ownEndpoint(),
    }),
  };
}
