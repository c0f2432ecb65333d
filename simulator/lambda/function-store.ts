import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EventInvokeConfig } from './async-invocations.ts';
import type { FunctionDefinition, QualifiedFunction } from './function-definition.ts';
import { parseFunctionName, placeOfFunction } from './function-name.ts';
import type { ProvisionedConcurrency } from './provisioned-concurrency.ts';
import type { Permission } from './resource-policy.ts';

export interface PublishedVersion {
  readonly version: string;
  /** As it was when the version was published, its description included. */
  readonly definition: FunctionDefinition;
}

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Share of invocations (0 to 1) that another version gets. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

export interface StoredFunction {
  /** `$LATEST` */
  definition: FunctionDefinition;
  permissions: Permission[];
  versions: PublishedVersion[];
  /** Numbers are not given twice, also after a version is deleted. */
  lastVersion: number;
  readonly aliases: Map<string, Alias>;
  /** By version or alias, `$LATEST` included. */
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>;
  /** By version or alias. */
  readonly provisionedConcurrency: Map<string, ProvisionedConcurrency>;
}

/** Functions by name, with what hangs off each: policy, versions, aliases, asynchronous settings. */
export class FunctionStore {
  readonly #world: World;
  readonly #functions = new Map<string, StoredFunction>();

  constructor(world: World) {
    this.#world = world;
  }

  add(definition: FunctionDefinition): void {
    this.requireNew(definition.name);
    this.#functions.set(definition.name, {
      definition,
      permissions: [],
      versions: [],
      lastVersion: 0,
      aliases: new Map(),
      eventInvokeConfigs: new Map(),
      provisionedConcurrency: new Map(),
    });
  }

  requireNew(name: string): void {
    if (!this.#functions.has(name)) return;
    throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, {
      status: 409,
      members: { Type: 'User' },
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
    this.#requireHere(functionName);
    const stored = this.#functions.get(name);
    if (!stored) throw notFound(this.#arn(name));
    return stored;
  }

  /** An endpoint serves its own Region; the message is one that AWS CLI users have posted. */
  #requireHere(functionName: string): void {
    const { region, accountId } = this.#world.identity;
    const place = placeOfFunction(functionName);
    if (place.region && place.region !== region) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Functions from '${place.region}' are not reachable in this region ('${region}')`,
        { status: 404, members: { Type: 'User' } },
      );
    }
    if (place.accountId && place.accountId !== accountId) throw notFound(functionName);
  }

  /** What a name with qualifier stands for: `$LATEST`, a version, or an alias's main version. */
  resolve(functionName: string, qualifier?: string): QualifiedFunction {
    return this.#resolve(functionName, qualifier, (alias) => alias.version);
  }

  /** As `resolve`, but an alias with weights may lead an invocation to its other version. */
  route(functionName: string, qualifier?: string): QualifiedFunction {
    return this.#resolve(functionName, qualifier, (alias) => {
      const [other] = Object.entries(alias.weights);
      if (!other || this.#world.random.next() >= other[1]) return alias.version;
      return other[0];
    });
  }

  #resolve(
    functionName: string,
    qualifier: string | undefined,
    choose: (alias: Alias) => string,
  ): QualifiedFunction {
    const reference = parseFunctionName(functionName, qualifier);
    const stored = this.get(functionName);
    const { definition } = stored;
    const wanted = reference.qualifier;
    if (wanted === undefined) {
      return { definition, version: '$LATEST', invokedArn: definition.arn };
    }
    const invokedArn = `${definition.arn}:${wanted}`;
    const alias = stored.aliases.get(wanted);
    const version = alias ? choose(alias) : wanted;
    if (version === '$LATEST') return { definition, version, invokedArn };
    const published = stored.versions.find((each) => each.version === version);
    if (!published) throw notFound(invokedArn);
    return { definition: published.definition, version, invokedArn };
  }

  #arn(name: string): string {
    const { region, accountId } = this.#world.identity;
    return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  }
}

export function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, {
    status: 404,
    members: { Type: 'User' },
  });
}
