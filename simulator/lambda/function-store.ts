import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EventInvokeConfig } from './async-invocations.ts';
import type { FunctionDefinition, QualifiedFunction } from './function-definition.ts';
import { parseFunctionName } from './function-name.ts';
import type { Permission } from './resource-policy.ts';

export interface PublishedVersion {
  readonly version: string;
  readonly description: string;
}

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

export interface StoredFunction {
  definition: FunctionDefinition;
  readonly permissions: Permission[];
  readonly versions: PublishedVersion[];
  readonly aliases: Map<string, Alias>;
  eventInvokeConfig: EventInvokeConfig | undefined;
}

/** Functions by name, with what hangs off each: policy, versions, aliases, asynchronous settings. */
export class FunctionStore {
  readonly #world: World;
  readonly #functions = new Map<string, StoredFunction>();

  constructor(world: World) {
    this.#world = world;
  }

  add(definition: FunctionDefinition): void {
    if (this.#functions.has(definition.name)) {
      throw new AwsError(
        'ResourceConflictException',
        `Function already exist: ${definition.name}`,
        { status: 409 },
      );
    }
    this.#functions.set(definition.name, {
      definition,
      permissions: [],
      versions: [],
      aliases: new Map(),
      eventInvokeConfig: undefined,
    });
  }

  /** By name or ARN; throws ResourceNotFoundException. */
  delete(functionName: string): void {
    this.#functions.delete(this.get(functionName).definition.name);
  }

  /** In the order of their names, as ListFunctions shows them here. */
  list(): StoredFunction[] {
    return [...this.#functions.values()].sort((a, b) =>
      a.definition.name < b.definition.name ? -1 : 1,
    );
  }

  find(name: string): StoredFunction | undefined {
    return this.#functions.get(name);
  }

  /** By name or ARN; throws ResourceNotFoundException. */
  get(functionName: string): StoredFunction {
    const { name } = parseFunctionName(functionName);
    const stored = this.#functions.get(name);
    if (!stored) throw notFound(this.#arn(name));
    return stored;
  }

  /** What a name with qualifier stands for now: `$LATEST`, a version, or an alias's version. */
  resolve(functionName: string, qualifier?: string): QualifiedFunction {
    const reference = parseFunctionName(functionName, qualifier);
    const stored = this.get(functionName);
    const { definition } = stored;
    const wanted = reference.qualifier;
    if (wanted === undefined) {
      return { definition, version: '$LATEST', invokedArn: definition.arn };
    }
    const invokedArn = `${definition.arn}:${wanted}`;
    const version = stored.aliases.get(wanted)?.version ?? wanted;
    const known =
      version === '$LATEST' || stored.versions.some((published) => published.version === version);
    if (!known) throw notFound(invokedArn);
    return { definition, version, invokedArn };
  }

  #arn(name: string): string {
    const { region, accountId } = this.#world.identity;
    return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  }
}

function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, {
    status: 404,
    members: { Type: 'User' },
  });
}
