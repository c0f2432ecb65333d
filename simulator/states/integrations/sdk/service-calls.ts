import { createRequire } from 'node:module';
import type { World } from '../../../core/world.ts';
import type { ServiceName } from '../../../wire/operation.ts';
import { loadServiceSchemas, type ServiceSchemas } from '../../../wire/service-schemas.ts';
import { fromSdkOutput, toSdkInput } from './parameter-casing.ts';

interface SdkClient {
  send(command: object): Promise<Record<string, unknown>>;
  destroy(): void;
  middlewareStack: { add(middleware: unknown, options: object): void };
}

type SdkModule = Readonly<Record<string, new (input: object) => SdkClient>>;

export interface ServiceRequest {
  readonly service: ServiceName;
  /** `DescribeServices` */
  readonly operation: string;
  /** In Step Functions' spelling. */
  readonly parameters: unknown;
  /** The state machine's, which makes the call. */
  readonly roleArn: string;
}

export interface ServiceAnswer {
  /** In Step Functions' spelling. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
}

/** They wait for the work of others: the clock must go on meanwhile. */
const longPolls: ReadonlySet<string> = new Set(['ReceiveMessage', 'GetActivityTask']);
const load = createRequire(import.meta.url);

/**
 * Calls the simulator's own services over the wire as a role's session, so that validation, policies,
 * quotas and faults meet a Task's call as they meet any other client's.
 */
export class ServiceCalls {
  readonly #world: World;
  readonly #clients = new Map<string, SdkClient>();
  readonly #schemas = new Map<ServiceName, ServiceSchemas>();

  constructor(world: World) {
    this.#world = world;
  }

  schemas(service: ServiceName): ServiceSchemas {
    const known = this.#schemas.get(service) ?? loadServiceSchemas(service);
    this.#schemas.set(service, known);
    return known;
  }

  /** Rejects with ParameterProblems or with the SDK's exception. */
  async call({ service, operation, parameters, roleArn }: ServiceRequest): Promise<ServiceAnswer> {
    const schema = this.schemas(service).operations.get(operation);
    if (!schema) throw new Error(`${service} has no operation ${operation}`);
    const input = toSdkInput(schema.input, parameters ?? {});
    const sdk = load(`@aws-sdk/client-${service}`) as SdkModule;
    const Command = sdk[`${operation}Command`] as SdkModule[string];
    const headers: Record<string, string> = {};
    const client = this.#client(service, sdk, roleArn);
    const command = new Command(input);
    remember(command, headers);
    const release = longPolls.has(operation)
      ? () => {}
      : this.#world.clock.hold(`a state machine calls ${service}:${operation}`, 'call');
    try {
      const { $metadata, ...output } = await client.send(command);
      await readStream(output);
      const { requestId = '', httpStatusCode = 200 } = ($metadata ?? {}) as {
        requestId?: string;
        httpStatusCode?: number;
      };
      const shown = fromSdkOutput(schema.output, output) as Record<string, unknown>;
      return { output: shown, headers, status: httpStatusCode, requestId };
    } finally {
      release();
    }
  }

  stop(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }

  #client(service: ServiceName, sdk: SdkModule, roleArn: string): SdkClient {
    const key = `${service} ${roleArn}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const name = Object.keys(sdk).find((one) => /^[A-Z]\w*Client$/.test(one)) ?? '';
    const Client = sdk[name] as SdkModule[string];
    const client = new Client({
      endpoint: this.#world.endpoint(),
      region: this.#world.identity.region,
      credentials: () => this.#credentials(roleArn),
      maxAttempts: 1,
      forcePathStyle: true,
      useQueueUrlAsEndpoint: false,
    });
    this.#clients.set(key, client);
    return client;
  }

  async #credentials(roleArn: string) {
    const sessionName = this.#world.random.text(
      32,
      'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
    );
    const { expiresAtMs, ...keys } = this.#world.services.iam.roleCredentials({
      roleArn,
      sessionName,
    });
    // The session ends by virtual time, while the SDK asks the machine's clock.
    const leftMs = expiresAtMs - this.#world.clock.now();
    return { ...keys, expiration: new Date(Date.now() + Math.min(leftMs, 60_000)) };
  }
}

/** Keeps the headers of the answer, which optimized integrations show. */
function remember(command: object, headers: Record<string, string>): void {
  const { middlewareStack } = command as Pick<SdkClient, 'middlewareStack'>;
  const middleware = (next: (args: unknown) => Promise<{ response: unknown }>) => {
    return async (args: unknown) => {
      const result = await next(args);
      Object.assign(headers, (result.response as { headers?: object } | undefined)?.headers);
      return result;
    };
  };
  middlewareStack.add(middleware, { step: 'deserialize', name: 'keepHeaders', priority: 'high' });
}

/** Bodies of objects come as streams. */
async function readStream(output: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(output)) {
    const stream = value as { transformToString?: () => Promise<string> } | undefined;
    if (typeof stream?.transformToString === 'function') {
      output[name] = await stream.transformToString();
    }
  }
}
