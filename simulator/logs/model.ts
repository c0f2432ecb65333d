import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { LogsService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { type LogGroup, LogStream } from './log-stream.ts';

/** Log groups and streams, in memory. */
export class LogsModel implements LogsService {
  readonly #world: World;
  readonly #groups = new Map<string, LogGroup>();
  #written = 0;

  constructor(world: World) {
    this.#world = world;
  }

  createGroup(name: string, retentionInDays?: number): LogGroup {
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
      retentionInDays,
      streams: new Map(),
    };
    this.#groups.set(name, group);
    return group;
  }

  deleteGroup(name: string): void {
    this.#groups.delete(this.group(name).name);
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

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    return stream;
  }

  write(stream: LogStream, message: string, timestampMs: number): void {
    const id = String(this.#written++).padStart(56, '0');
    stream.add({ id, timestampMs, ingestedMs: this.#world.clock.now(), message });
  }

  /** Group and stream are created at the first message, as Lambda and the awslogs driver do it. */
  append(logGroup: string, logStream: string, message: string): void {
    const group = this.#groups.get(logGroup) ?? this.createGroup(logGroup);
    const stream = group.streams.get(logStream) ?? this.createStream(group, logStream);
    this.write(stream, message, this.#world.clock.now());
  }
}
