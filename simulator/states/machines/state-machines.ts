import type {
  LoggingConfiguration,
  StateMachineType,
  Tag,
  TracingConfiguration,
} from '@aws-sdk/client-sfn';
import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import type { ParseDefinition } from '../definition/parse-definition.ts';
import { requireLogDestination } from '../logging/log-destination.ts';
import { machineTrust } from '../machine-trust.ts';
import { requireTags } from '../tags/tag-rules.ts';
import { MachineAliases } from './aliases.ts';
import { doesNotExist, parseMachineArn, refuseMapState } from './qualified-arn.ts';
import { requireName } from './resource-name.ts';
import type { StartTarget, StateMachine } from './state-machine.ts';
import { MachineVersions } from './versions.ts';

export interface NewStateMachine {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: StateMachineType | undefined;
  readonly logging?: LoggingConfiguration | undefined;
  readonly tracing?: TracingConfiguration | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export type StateMachineChanges = Partial<
  Pick<NewStateMachine, 'definition' | 'roleArn' | 'logging' | 'tracing'>
>;

const noLogging: LoggingConfiguration = { level: 'OFF', includeExecutionData: false };
const noTracing: TracingConfiguration = { enabled: false };

/** State machines by ARN, in the order of their creation. */
export class StateMachines {
  readonly #world: World;
  readonly #parse: ParseDefinition;
  readonly #byArn = new Map<string, StateMachine>();
  readonly versions: MachineVersions;
  readonly aliases: MachineAliases;

  constructor(world: World, parse: ParseDefinition) {
    this.#world = world;
    this.#parse = parse;
    this.versions = new MachineVersions(() => world.clock.now());
    this.aliases = new MachineAliases(world, this.versions);
  }

  /** Idempotent for the same name, type, definition, logging and tracing; role and tags do not count. */
  create(request: NewStateMachine): StateMachine {
    const { name, definition, roleArn, type = 'STANDARD' } = request;
    const { tracing = noTracing } = request;
    const logging = { ...noLogging, ...request.logging };
    requireName(name);
    requireRoleArn(roleArn);
    requireTags(request.tags ?? []);
    const machineArn = arn(this.#world.identity, 'states', `stateMachine:${name}`);
    const existing = this.#byArn.get(machineArn);
    if (existing) return sameOrRefused(existing, { type, definition, logging, tracing });
    this.#requireTrust(roleArn, machineArn);
    requireLogDestination(this.#world, logging, { arn: machineArn, roleArn });
    const nowMs = this.#world.clock.now();
    const machine: StateMachine = {
      arn: machineArn,
      name,
      type,
      status: 'ACTIVE',
      definition,
      workflow: this.#parse(definition, type),
      roleArn,
      createdMs: nowMs,
      updatedMs: nowMs,
      revisionId: undefined,
      logging,
      tracing,
      tags: request.tags ?? [],
    };
    this.#byArn.set(machineArn, machine);
    return machine;
  }

  /** Executions that run already keep what they were started with (aws-facts 5.5). */
  update(machineArn: string, changes: StateMachineChanges): StateMachine {
    const machine = this.active(machineArn);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length === 0) {
      throw new AwsError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    if (changes.roleArn !== undefined) {
      requireRoleArn(changes.roleArn);
      this.#requireTrust(changes.roleArn, machineArn);
    }
    if (changes.logging) {
      const { roleArn = machine.roleArn } = changes;
      requireLogDestination(this.#world, changes.logging, { arn: machineArn, roleArn });
    }
    const updated: StateMachine = {
      ...machine,
      ...Object.fromEntries(given),
      ...(changes.logging && { logging: { ...noLogging, ...changes.logging } }),
      ...(changes.definition && { workflow: this.#parse(changes.definition, machine.type) }),
      updatedMs: this.#world.clock.now(),
    };
    // What changes nothing makes no revision (recorded AWS answers).
    const revisionId = sameRevision(machine, updated) ? machine.revisionId : this.#world.ids.uuid();
    const revised = { ...updated, revisionId };
    this.#byArn.set(machineArn, revised);
    return revised;
  }

  /** Gone at once without running executions, else once they have ended; repeatable. */
  delete(machineArn: string, running: boolean): void {
    requireMachineArn(machineArn);
    const machine = this.#byArn.get(machineArn);
    if (!machine) return;
    if (running) this.#byArn.set(machineArn, { ...machine, status: 'DELETING' });
    else {
      this.#byArn.delete(machineArn);
      this.versions.deleteAll(machineArn);
      this.aliases.deleteAll(machineArn);
    }
  }

  setTags(machineArn: string, tags: readonly Tag[]): void {
    this.#byArn.set(machineArn, { ...this.get(machineArn), tags });
  }

  /** What an execution started with this ARN runs: the machine, a version, or what an alias routes to. */
  startTarget(arn: string): StartTarget {
    refuseMapState(arn);
    const { machineArn, version, alias } = parseMachineArn(arn);
    if (version === undefined && alias === undefined) return { machine: this.active(arn) };
    const aliasArn = alias === undefined ? undefined : arn;
    const found =
      aliasArn !== undefined && this.aliases.list(machineArn).some((one) => one.arn === aliasArn)
        ? this.aliases.route(aliasArn)
        : this.versions.find(machineArn, version ?? 0);
    if (!found) throw doesNotExist(arn);
    this.active(machineArn);
    return {
      machine: found.machine,
      versionArn: found.arn,
      ...(aliasArn !== undefined && { aliasArn }),
    };
  }

  get(machineArn: string): StateMachine {
    requireMachineArn(machineArn);
    const machine = this.#byArn.get(machineArn);
    if (machine) return machine;
    throw doesNotExist(machineArn);
  }

  /** One that is not being deleted. */
  active(machineArn: string): StateMachine {
    const machine = this.get(machineArn);
    if (machine.status === 'ACTIVE') return machine;
    throw new AwsError('StateMachineDeleting', `State Machine is deleting: '${machineArn}'`);
  }

  isDeleting(machineArn: string): boolean {
    return this.#byArn.get(machineArn)?.status === 'DELETING';
  }

  list(): StateMachine[] {
    return [...this.#byArn.values()];
  }

  /** AWS's words, as public threads quote them. */
  #requireTrust(roleArn: string, machineArn: string): void {
    const { iam } = this.#world.services;
    if (iam.canAssume(roleArn, 'states.amazonaws.com', machineTrust(machineArn))) return;
    throw new AwsError(
      'AccessDeniedException',
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
      { status: 400 },
    );
  }
}

function sameOrRefused(
  existing: StateMachine,
  request: Pick<StateMachine, 'type' | 'definition' | 'logging' | 'tracing'>,
): StateMachine {
  if (existing.status === 'DELETING') {
    throw new AwsError('StateMachineDeleting', `State Machine is deleting: '${existing.arn}'`);
  }
  const compared = ({ type, definition, logging, tracing }: typeof request) =>
    JSON.stringify([type, definition, logging, tracing]);
  if (compared(existing) === compared(request)) return existing;
  const message = `State Machine Already Exists: '${existing.arn}'`;
  throw new AwsError('StateMachineAlreadyExists', message);
}

function sameRevision(before: StateMachine, after: StateMachine): boolean {
  const revised = ({ definition, roleArn, logging, tracing }: StateMachine) =>
    JSON.stringify([definition, roleArn, logging, tracing]);
  return revised(before) === revised(after);
}

/** The machine itself, not a version or an alias of it. */
function requireMachineArn(machineArn: string): void {
  refuseMapState(machineArn);
  const { version, alias } = parseMachineArn(machineArn);
  if (version !== undefined || alias !== undefined) throw doesNotExist(machineArn);
}

function requireRoleArn(roleArn: string): void {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(roleArn)) return;
  throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
}
