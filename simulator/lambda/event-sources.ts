import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EventSource } from './event-source.ts';
import type { LambdaModel } from './model.ts';
import { denialOfRole, lacks } from './role-permissions.ts';
import { SqsPoller } from './sqs-poller.ts';

export interface EventSourceRequest {
  readonly queueArn: string;
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialResponses: boolean;
  readonly maximumConcurrency: number | undefined;
  readonly filters: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Event source mappings by UUID, each with the poller that serves it. */
export class EventSources {
  readonly #world: World;
  readonly #model: LambdaModel;
  readonly #sources = new Map<string, EventSource>();
  readonly #pollers = new Map<string, SqsPoller>();

  constructor(world: World, model: LambdaModel) {
    this.#world = world;
    this.#model = model;
  }

  create(request: EventSourceRequest): EventSource {
    const { invokedArn } = this.#check(request);
    const twin = this.list().find(
      (each) => each.queueArn === request.queueArn && each.functionArn === invokedArn,
    );
    if (twin) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with SQS arn (" ${request.queueArn} ") and function (" ${invokedArn} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
        { status: 409, members: { Type: 'User' } },
      );
    }
    const uuid = this.#world.ids.uuid();
    const source = this.#source(uuid, request, 'Creating');
    this.#sources.set(uuid, source);
    this.#serve(source);
    return source;
  }

  async update(uuid: string, change: Partial<EventSourceRequest>): Promise<EventSource> {
    const before = this.get(uuid);
    const request = { ...before, functionName: before.functionArn, ...change };
    this.#check(request);
    const toggled = request.enabled ? 'Enabling' : 'Disabling';
    const transition = request.enabled === before.enabled ? 'Updating' : toggled;
    const source = this.#source(uuid, request, transition);
    this.#sources.set(uuid, source);
    await this.#stopPoller(uuid);
    this.#serve(source);
    return source;
  }

  async delete(uuid: string): Promise<EventSource> {
    const source = this.get(uuid);
    this.#sources.delete(uuid);
    await this.#stopPoller(uuid);
    return source;
  }

  /** Throws ResourceNotFoundException. */
  get(uuid: string): EventSource {
    const source = this.#sources.get(uuid);
    if (source) return source;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {
      status: 404,
      members: { Type: 'User' },
    });
  }

  setTags(uuid: string, tags: Readonly<Record<string, string>>): void {
    this.#sources.set(uuid, { ...this.get(uuid), tags });
  }

  list(): EventSource[] {
    return [...this.#sources.values()];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pollers.keys()].map((uuid) => this.#stopPoller(uuid)));
  }

  #source(
    uuid: string,
    request: EventSourceRequest,
    transition: EventSource['transition'],
  ): EventSource {
    const { clock, identity, settings } = this.#world;
    const { functionName, queueArn, enabled, batchSize } = request;
    const { windowSeconds, partialResponses, maximumConcurrency, filters, tags } = request;
    return {
      uuid,
      arn: arn(identity, 'lambda', `event-source-mapping:${uuid}`),
      functionArn: this.#model.functions.resolve(functionName).invokedArn,
      queueArn,
      enabled,
      batchSize,
      windowSeconds,
      partialResponses,
      maximumConcurrency,
      filters,
      tags,
      changedMs: clock.now(),
      transition,
      settledMs: clock.now() + settings.functionUpdateMs,
    };
  }

  #serve(source: EventSource): void {
    if (!source.enabled) return;
    const { uuid, functionArn, queueArn } = source;
    const poller = new SqsPoller({
      world: this.#world,
      source: () => this.#sources.get(uuid),
      authorize: (action) => {
        const { definition } = this.#model.functions.resolve(functionArn);
        const denied = denialOfRole(this.#world, definition, action, queueArn);
        if (denied !== undefined) throw new AwsError('AccessDeniedException', denied);
      },
      invoke: (payload) =>
        this.#model.invoke({ functionName: functionArn, payload, type: 'RequestResponse' }),
    });
    this.#pollers.set(uuid, poller);
  }

  async #stopPoller(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    this.#pollers.delete(uuid);
    await poller?.stop();
  }

  /** What Lambda looks at before it makes a mapping; texts from public threads. */
  #check({ functionName, queueArn }: EventSourceRequest) {
    const target = this.#model.functions.resolve(functionName);
    const { definition } = target;
    const seconds = this.#world.services.sqs.visibilityTimeoutSeconds(queueArn);
    if (seconds === undefined) {
      throw invalid(
        'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
      );
    }
    for (const operation of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      if (denialOfRole(this.#world, definition, `sqs:${operation}`, queueArn) === undefined)
        continue;
      throw lacks('The provided execution role', operation, 'SQS');
    }
    if (seconds < definition.timeoutSeconds) {
      throw invalid(
        `Queue visibility timeout: ${seconds} seconds is less than Function timeout: ${definition.timeoutSeconds} seconds`,
      );
    }
    return target;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
