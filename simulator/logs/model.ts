import type { LogGroupClass, ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { LogsService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { type LogGroup, LogStream } from './log-stream.ts';
import { MetricFilters } from './metric-filter.ts';
import { checkRetention } from './retention.ts';
import { addTags } from './tag-operations.ts';

export interface GroupOptions {
  readonly kmsKeyId?: string | undefined;
  readonly logGroupClass?: LogGroupClass | undefined;
  readonly deletionProtected?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Log groups and streams, in memory. */
export class LogsModel implements LogsService {
  readonly #world: World;
  readonly #groups = new Map<string, LogGroup>();
  /** By name. */
  readonly resourcePolicies = new Map<string, ResourcePolicy>();
  #written = 0;

  constructor(world: World) {
    this.#world = world;
  }

  createGroup(name: string, retentionInDays?: number, options: GroupOptions = {}): LogGroup {
    if (!/^[\w./#-]{1,512}$/.test(name)) {
      throw new AwsError(
        'InvalidParameterException',
        `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
      );
    }
    if (this.#groups.has(name)) {
      throw new AwsError(
        'ResourceAlreadyExistsException',
        'The specified log group already exists',
      );
    }
    const group: LogGroup = {
      name,
      arn: arn(this.#world.identity, 'logs', `log-group:${name}`),
      createdMs: this.#world.clock.now(),
      retentionInDays: checkRetention(retentionInDays),
      streams: new Map(),
      tags: new Map(),
      metricFilters: new MetricFilters(),
      kmsKeyId: options.kmsKeyId,
      logGroupClass: options.logGroupClass ?? 'STANDARD',
      deletionProtected: options.deletionProtected ?? false,
    };
    addTags(group, options.tags ?? {});
    this.#groups.set(name, group);
    return group;
  }

  deleteGroup(name: string): void {
    const group = this.group(name);
    if (group.deletionProtected) {
      throw new AwsError('ValidationException', `The log group ${name} is protected from deletion`);
    }
    this.#groups.delete(name);
  }

  hasGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  /** By name; throws AwsError `ResourceNotFoundException`. */
  group(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (!group) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return group;
  }

  /** By name or ARN, as members called `logGroupIdentifier` take them. */
  groupByIdentifier(identifier: string): LogGroup {
    return this.group(
      /^arn:aws:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier,
    );
  }

  /** As tag operations take it: without `:*` at the end [model LogGroup.logGroupArn]. */
  groupByArn(resourceArn: string): LogGroup {
    const [, name] = /^arn:aws:logs:[^:]*:[^:]*:log-group:([^:*]+)$/.exec(resourceArn) ?? [];
    if (name !== undefined) return this.group(name);
    throw new AwsError('InvalidParameterException', `Invalid ARN of a log group: ${resourceArn}`);
  }

  groups(): LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  createStream(group: LogGroup, name: string): LogStream {
    if (!/^[^:*]{1,512}$/.test(name)) {
      throw new AwsError('InvalidParameterException', `Invalid log stream name: ${name}`);
    }
    if (group.streams.has(name)) {
      throw new AwsError(
        'ResourceAlreadyExistsException',
        'The specified log stream already exists',
      );
    }
    const stream = new LogStream(name, this.#world.clock.now());
    group.streams.set(name, stream);
    return stream;
  }

  deleteStream(group: LogGroup, name: string): void {
    group.streams.delete(this.stream(group, name).name);
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    return stream;
  }

  write(group: LogGroup, stream: LogStream, message: string, timestampMs: number): void {
    group.metricFilters.apply(this.#world, message);
    const id = String(this.#written++).padStart(56, '0');
    stream.add({ id, timestampMs, ingestedMs: this.#world.clock.now(), message });
  }

  /** Group and stream are created at the first message, as Lambda and the awslogs driver do it. */
  append(logGroup: string, logStream: string, message: string): void {
    const group = this.#groups.get(logGroup) ?? this.createGroup(logGroup);
    const stream = group.streams.get(logStream) ?? this.createStream(group, logStream);
    this.write(group, stream, message, this.#world.clock.now());
  }
}
