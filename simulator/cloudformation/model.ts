import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { World } from '../core/world.ts';
import type { Caller } from '../wire/operation.ts';
import type { ChangeSet } from './change-set.ts';
import { ResponseDesk } from './custom-resources/response-desk.ts';
import type { UpdateTrace } from './roll-back-update.ts';
import type { StackAccess } from './stack-access.ts';
import type { Template } from './template.ts';

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string | undefined;
  attributes: Readonly<Record<string, unknown>>;
  /** As they were given to the provider, intrinsic functions resolved. */
  properties: Readonly<Record<string, unknown>>;
  /** The Metadata section: a change of it alone is an update as well. */
  metadata: unknown;
  /** The same with its functions carried out, as instances read it. */
  resolvedMetadata?: unknown;
  deletionPolicy: string | undefined;
  updateReplacePolicy: string | undefined;
  dependencies: readonly string[];
  status: ResourceStatus;
  statusReason: string | undefined;
  updatedAtMs: number;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

export interface StackParameter {
  readonly name: string;
  readonly value: string;
  /** What Systems Manager holds under `value`, for parameters of an SSM type. */
  readonly resolvedValue?: string | undefined;
  readonly noEcho?: boolean;
}

export interface StackEvent {
  readonly id: string;
  readonly atMs: number;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason: string | undefined;
  readonly properties: string | undefined;
  readonly clientRequestToken: string | undefined;
}

export interface StackTag {
  readonly Key: string;
  readonly Value: string;
}

/** What a request says about a stack besides its template. */
export interface StackOptions {
  tags: readonly StackTag[];
  capabilities: readonly string[];
  notificationArns: readonly string[];
  /** The service role; it stays with the stack until another one is given. */
  roleArn: string | undefined;
  /** Who asked for the last operation. */
  caller: Caller | undefined;
  disableRollback: boolean;
  terminationProtection: boolean;
  timeoutMinutes: number | undefined;
  clientRequestToken: string | undefined;
}

export interface Stack extends StackOptions {
  readonly stackId: string;
  readonly stackName: string;
  description: string | undefined;
  parameters: readonly StackParameter[];
  /** Undefined while a first change set is under review. */
  template: Template | undefined;
  templateBody: string;
  readonly createdAtMs: number;
  updatedAtMs: number | undefined;
  deletedAtMs: number | undefined;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  /** Names of exports that this stack imports. */
  imports: ReadonlySet<string>;
  status: StackStatus;
  statusReason: string | undefined;
  /** Oldest first. */
  readonly events: StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
  /** Aborted when the running operation shall end early. */
  cancellation: AbortController;
  /** The running operation; resolves when it is over. */
  running: Promise<unknown> | undefined;
  /** An update whose rollback failed, or that was left as it failed. */
  interruptedUpdate: UpdateTrace | undefined;
  readonly parentId: string | undefined;
  /** The stack at the top, for stacks within stacks. */
  readonly rootId: string | undefined;
}

/** Every stack there is and was, as CloudFormation would describe them. */
export class CloudFormationModel {
  readonly world: World;
  /** Takes the answers of custom resources. */
  readonly responses: ResponseDesk;
  /** Without it nobody asks for permissions. */
  access: StackAccess | undefined;
  /** By id; deleted ones stay. */
  readonly #stacks = new Map<string, Stack>();

  constructor(world: World) {
    this.world = world;
    this.responses = new ResponseDesk(world);
  }

  /** Closes what listens for custom resources. */
  stop(): Promise<void> {
    return this.responses.stop();
  }

  newStackId(stackName: string): string {
    const { accountId, region } = this.world.identity;
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${this.world.ids.uuid()}`;
  }

  /** Throws an Error when the name is taken. */
  add(stack: Stack): void {
    if (this.living(stack.stackName)) throw new Error(`Stack [${stack.stackName}] already exists`);
    this.#stacks.set(stack.stackId, stack);
  }

  /** By name, unless it was deleted, or by id. */
  find(nameOrId: string): Stack | undefined {
    return this.#stacks.get(nameOrId) ?? this.living(nameOrId);
  }

  living(stackName: string): Stack | undefined {
    return this.all().find((stack) => stack.stackName === stackName);
  }

  /** Newest first, as DescribeStacks lists them: without those that were deleted. */
  all(): Stack[] {
    return this.history().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Newest first, deleted ones included. */
  history(): Stack[] {
    return [...this.#stacks.values()].reverse();
  }

  /** Outputs with an export name, by that name. */
  exports(): { readonly stack: Stack; readonly output: StackOutput; readonly name: string }[] {
    return this.all()
      .reverse()
      .flatMap((stack) =>
        stack.outputs.flatMap((output) =>
          output.exportName === undefined ? [] : [{ stack, output, name: output.exportName }],
        ),
      );
  }

  importers(exportName: string): Stack[] {
    return this.all().filter(({ imports }) => imports.has(exportName));
  }

  /** Throws an Error when no stack exports the name. */
  importValue(name: string): string {
    const found = this.exports().find((each) => each.name === name);
    if (!found) throw new Error(`No export named ${name} found`);
    return found.output.value;
  }
}
