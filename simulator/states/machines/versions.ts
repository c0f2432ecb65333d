import { AwsError } from '../../core/aws-error.ts';
import type { StateMachine } from './state-machine.ts';

export interface MachineVersion {
  readonly arn: string;
  readonly number: number;
  readonly description: string | undefined;
  readonly createdMs: number;
  /** As it stood when it was published. */
  readonly machine: StateMachine;
}

/** What a machine's revision is called before its first update. */
export const initialRevision = 'INITIAL';

/** Published versions of state machines: immutable, numbered from 1, no number twice (versions page). */
export class MachineVersions {
  readonly #nowMs: () => number;
  readonly #byMachine = new Map<string, { next: number; versions: MachineVersion[] }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Idempotent for the current revision, which must be `revisionId` where one is given. */
  publish(machine: StateMachine, description?: string, revisionId?: string): MachineVersion {
    const current = machine.revisionId ?? initialRevision;
    if (revisionId !== undefined && revisionId !== current) {
      throw new AwsError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
      );
    }
    const known = this.#byMachine.get(machine.arn) ?? { next: 1, versions: [] };
    this.#byMachine.set(machine.arn, known);
    const published = known.versions.find((one) => one.machine.revisionId === machine.revisionId);
    if (published) return published;
    const number = known.next++;
    const version: MachineVersion = {
      arn: `${machine.arn}:${number}`,
      number,
      description,
      createdMs: this.#nowMs(),
      machine,
    };
    known.versions.push(version);
    return version;
  }

  find(machineArn: string, number: number): MachineVersion | undefined {
    return this.#byMachine.get(machineArn)?.versions.find((one) => one.number === number);
  }

  /** Newest first. */
  list(machineArn: string): MachineVersion[] {
    return this.#byMachine.get(machineArn)?.versions.toReversed() ?? [];
  }

  delete(machineArn: string, number: number): void {
    const known = this.#byMachine.get(machineArn);
    if (known) known.versions = known.versions.filter((one) => one.number !== number);
  }

  deleteAll(machineArn: string): void {
    this.#byMachine.delete(machineArn);
  }
}
