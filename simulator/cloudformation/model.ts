import type { World } from '../core/world.ts';

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string | undefined;
  attributes: Readonly<Record<string, unknown>>;
  status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';
  statusReason: string | undefined;
  updatedAtMs: number;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

export interface Stack {
  readonly stackId: string;
  readonly stackName: string;
  readonly description: string | undefined;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly templateBody: string;
  readonly createdAtMs: number;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';
  statusReason: string | undefined;
}

/** The stacks that were loaded, as CloudFormation would describe them. Stacks are only ever created. */
export class CloudFormationModel {
  readonly world: World;
  readonly #stacks = new Map<string, Stack>();

  constructor(world: World) {
    this.world = world;
  }

  newStackId(stackName: string): string {
    const { accountId, region } = this.world.identity;
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${this.world.ids.uuid()}`;
  }

  /** Throws an Error when the name is taken. */
  add(stack: Stack): void {
    if (this.#stacks.has(stack.stackName)) {
      throw new Error(`Stack [${stack.stackName}] already exists`);
    }
    this.#stacks.set(stack.stackName, stack);
  }

  /** By name or id. */
  find(nameOrId: string): Stack | undefined {
    return this.#stacks.get(nameOrId) ?? this.all().find(({ stackId }) => stackId === nameOrId);
  }

  /** Newest first, as DescribeStacks lists them. */
  all(): Stack[] {
    return [...this.#stacks.values()].reverse();
  }

  /** Outputs with an export name, by that name. */
  exports(): { readonly stack: Stack; readonly output: StackOutput; readonly name: string }[] {
    return [...this.#stacks.values()].flatMap((stack) =>
      stack.outputs.flatMap((output) =>
        output.exportName === undefined ? [] : [{ stack, output, name: output.exportName }],
      ),
    );
  }

  /** Throws an Error when no stack exports the name. */
  importValue(name: string): string {
    const found = this.exports().find((each) => each.name === name);
    if (!found) throw new Error(`No export named ${name} found`);
    return found.output.value;
  }
}
