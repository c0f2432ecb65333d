import type { LoggingConfiguration, Tag, TracingConfiguration } from '@aws-sdk/client-sfn';
import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import type { ParseDefinition } from '../definition/parse-definition.ts';
import { requireName } from './resource-name.ts';
import type { StateMachine } from './state-machine.ts';

export interface NewStateMachine {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
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

  constructor(world: World, parse: ParseDefinition) {
    this.#world = world;
    this.#parse = parse;
  }

  /** Idempotent for the same name, definition, logging and tracing; role and tags do not count. */
  create(request: NewStateMachine): StateMachine {
    const { name, definition, roleArn, logging = noLogging, tracing = noTracing } = request;
    requireName(name);
    const machineArn = arn(this.#world.identity, 'states', `stateMachine:${name}`);
    const existing = this.#byArn.get(machineArn);
    if (existing) return sameOrRefused(existing, { definition, logging, tracing });
    const nowMs = this.#world.clock.now();
    const machine: StateMachine = {
      arn: machineArn,
      name,
      status: 'ACTIVE',
      definition,
      workflow: this.#parse(definition),
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
    const updated: StateMachine = {
      ...machine,
      ...Object.fromEntries(given),
      ...(changes.definition && { workflow: this.#parse(changes.definition) }),
      updatedMs: this.#world.clock.now(),
      revisionId: this.#world.ids.uuid(),
    };
    this.#byArn.set(machineArn, updated);
    return updated;
  }

  /** Gone at once without running executions, else once they have ended; repeatable. */
  delete(machineArn: string, running: boolean): void {
    requireMachineArn(machineArn);
    const machine = this.#byArn.get(machineArn);
    if (!machine) return;
    if (running) this.#byArn.set(machineArn, { ...machine, status: 'DELETING' });
    else this.#byArn.delete(machineArn);
  }

  get(machineArn: string): StateMachine {
    requireMachineArn(machineArn);
    const machine = this.#byArn.get(machineArn);
    if (machine) return machine;
    const message = `State Machine Does Not Exist: '${machineArn}'`;
    throw new AwsError('StateMachineDoesNotExist', message);
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
}

function sameOrRefused(
  existing: StateMachine,
  request: Pick<StateMachine, 'definition' | 'logging' | 'tracing'>,
): StateMachine {
  const { definition, logging, tracing } = existing;
  const same = JSON.stringify([definition, logging, tracing]);
  if (same === JSON.stringify([request.definition, request.logging, request.tracing])) {
    return existing;
  }
  const message = `State Machine Already Exists: '${existing.arn}'`;
  throw new AwsError('StateMachineAlreadyExists', message);
}

/** A version or alias suffix is a well-formed ARN, of something that never exists here. */
function requireMachineArn(machineArn: string): void {
  if (/^arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+(:[^:]+)?$/.test(machineArn)) return;
  throw new AwsError('InvalidArn', `Invalid Arn: '${machineArn}'`);
}
