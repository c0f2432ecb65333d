import { AwsError } from '../core/aws-error.ts';
import type { Invocation, InvocationResult, LambdaService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import {
  AsyncInvocations,
  defaultEventInvokeConfig,
  type EventInvokeConfig,
} from './async-invocations.ts';
import { CodeStore } from './code-store.ts';
import { requireConcurrency } from './concurrency.ts';
import { EventSources } from './event-sources.ts';
import type { FunctionDefinition, QualifiedFunction } from './function-definition.ts';
import { parseFunctionName } from './function-name.ts';
import { FunctionRunner } from './function-runner.ts';
import { isSettling } from './function-shapes.ts';
import { FunctionStore, type StoredFunction } from './function-store.ts';
import { LayerStore } from './layer-store.ts';
import { type Permission, permits } from './resource-policy.ts';
import type { RunResult } from './running-invocation.ts';

/** Payload limits in bytes (aws-facts 6). */
const payloadLimits = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };

/** Functions of the template, each run from its bundle as Lambda would. */
export class LambdaModel implements LambdaService {
  readonly functions: FunctionStore;
  readonly code: CodeStore;
  readonly layers: LayerStore;
  readonly eventSources: EventSources;
  readonly #world: World;
  readonly #asynchronous: AsyncInvocations;
  readonly #runners = new Map<string, FunctionRunner>();

  constructor(world: World) {
    this.#world = world;
    this.functions = new FunctionStore(world);
    this.code = new CodeStore(world);
    this.layers = new LayerStore(world);
    this.eventSources = new EventSources(world, this);
    this.#asynchronous = new AsyncInvocations(world);
  }

  exists(functionName: string): boolean {
    return this.functions.find(parseFunctionName(functionName).name) !== undefined;
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const { logTail: _, ...result } = await this.invokeWithLog(invocation);
    return result;
  }

  /** As `invoke`, with the base64 tail of the log for RequestResponse. */
  async invokeWithLog(
    invocation: Invocation,
    qualifier?: string,
  ): Promise<InvocationResult & { logTail: string; executedVersion: string }> {
    const { payload, type, invoker } = invocation;
    const target = this.functions.route(invocation.functionName, qualifier);
    const { definition, version, invokedArn } = target;
    const asked = invokedArn === definition.arn ? undefined : invokedArn.split(':')[7];
    if (invoker && !this.#permitted(definition, invoker, asked)) {
      throw new AwsError(
        'AccessDeniedException',
        `User: ${invoker.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${invokedArn} because no resource-based policy allows the lambda:InvokeFunction action`,
        { status: 403 },
      );
    }
    checkSize(payload, type);
    this.#requireActive(this.functions.get(invocation.functionName));
    const requestId = this.#world.ids.uuid();
    if (type === 'Event') {
      const config =
        this.eventInvokeConfig(definition.name, asked ?? '$LATEST') ?? defaultEventInvokeConfig;
      let first = true;
      this.#asynchronous.enqueue({
        target,
        config,
        payload,
        requestId,
        reservesNothing: () =>
          this.functions.find(definition.name)?.definition.reservedConcurrency === 0,
        run: async () => {
          const now = first ? target : this.functions.route(definition.name, asked);
          first = false;
          return this.#run(now, payload, requestId);
        },
      });
      return { statusCode: 202, requestId, logTail: '', executedVersion: version };
    }
    const result = await this.#run(target, payload, requestId);
    return {
      statusCode: 200,
      requestId,
      payload: result.payload,
      logTail: result.logTail,
      executedVersion: version,
      ...(result.failed ? { functionError: 'Unhandled' } : {}),
    };
  }

  async crash(functionName: string): Promise<void> {
    await Promise.all(this.#runnersOf(functionName).map((runner) => runner.crash()));
  }

  async pause(functionName: string, ms: number): Promise<void> {
    const runners = this.#runnersOf(functionName);
    await Promise.all([this.#world.clock.sleep(ms), ...runners.map((runner) => runner.pause(ms))]);
  }

  #runnersOf(functionName: string): FunctionRunner[] {
    return [...this.#runners]
      .filter(([key]) => key.startsWith(`${functionName}:`))
      .map(([, runner]) => runner);
  }

  permissions(functionName: string): readonly Permission[] {
    return this.functions.get(functionName).permissions;
  }

  /** Of `$LATEST`, a version or an alias. */
  eventInvokeConfig(functionName: string, qualifier: string): EventInvokeConfig | undefined {
    return this.functions.get(functionName).eventInvokeConfigs.get(qualifier);
  }

  /** Changes code or configuration: the next invocation starts a new environment. */
  async redefine(definition: FunctionDefinition): Promise<void> {
    this.functions.get(definition.name).definition = definition;
    await this.#retire(`${definition.name}:$LATEST`);
    await this.discardCode();
  }

  /** Ends what runs of a version that is no more. */
  async retireVersion(functionName: string, version: string): Promise<void> {
    await this.#retire(`${functionName}:${version}`);
    await this.discardCode();
  }

  /** Removes unpacked code that no version and no layer has any more. */
  async discardCode(): Promise<void> {
    const definitions = this.functions
      .list()
      .flatMap(({ definition, versions }) => [definition, ...versions.map((v) => v.definition)]);
    const used = definitions.flatMap(({ codeDirectory, layers }) => [
      codeDirectory,
      ...layers.map(({ directory }) => directory),
    ]);
    await this.code.retain(new Set([...used, ...this.layers.directories()]));
  }

  /** By name or ARN; throws ResourceNotFoundException. */
  async delete(functionName: string): Promise<void> {
    const { name } = this.functions.get(functionName).definition;
    this.functions.delete(name);
    await this.#retire(`${name}:`);
    await this.discardCode();
  }

  /** Ends every environment and drops queued events. */
  async stop(): Promise<void> {
    const queue = this.#asynchronous.stop();
    const sources = this.eventSources.stop();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
    await Promise.all([queue, sources]);
  }

  #permitted(
    definition: FunctionDefinition,
    invoker: NonNullable<Invocation['invoker']>,
    qualifier: string | undefined,
  ): boolean {
    const { accountId } = this.#world.identity;
    return permits(this.permissions(definition.name), invoker, accountId, qualifier);
  }

  #requireActive({ definition }: StoredFunction): void {
    if (!isSettling(definition, 'creation', this.#world.clock.now())) return;
    throw new AwsError(
      'ResourceConflictException',
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
      { status: 409, members: { Type: 'User' } },
    );
  }

  async #run(target: QualifiedFunction, payload: unknown, requestId: string): Promise<RunResult> {
    const { definition, version } = target;
    try {
      requireConcurrency(
        this.functions.get(definition.name),
        { functions: this.functions.list(), busy: (name) => this.#busy(name) },
        this.#world,
      );
    } catch (error) {
      const reason = error instanceof AwsError ? String(error.members.Reason) : '';
      this.#world.journal.record('lambda.throttled', { functionName: definition.name, reason });
      throw error;
    }
    const key = `${definition.name}:${version}`;
    const runner = this.#runners.get(key) ?? new FunctionRunner(this.#world, target);
    this.#runners.set(key, runner);
    return runner.run(payload, requestId, target.invokedArn);
  }

  /** Environments end at once: nothing that a stack changes is in the middle of an invocation that counts. */
  async #retire(prefix: string): Promise<void> {
    const own = [...this.#runners].filter(([key]) => key.startsWith(prefix));
    for (const [key] of own) this.#runners.delete(key);
    await Promise.all(own.map(([, runner]) => runner.stop()));
  }

  #busy(functionName: string): number {
    const own = [...this.#runners].filter(([key]) => key.startsWith(`${functionName}:`));
    return own.reduce((sum, [, runner]) => sum + runner.busy, 0);
  }
}

function checkSize(payload: unknown, type: Invocation['type']): void {
  const size = Buffer.byteLength(JSON.stringify(payload) ?? '');
  const limit = payloadLimits[type];
  if (size <= limit) return;
  throw new AwsError(
    'RequestTooLargeException',
    `${size} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
    { status: 413 },
  );
}
