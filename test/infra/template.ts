type Json = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Json;
}

/** Read access to a synthesized template. */
export class Template {
  readonly json: Json;
  readonly resources: readonly Resource[];

  constructor(json: Json) {
    this.json = json;
    this.resources = Object.entries(json.Resources as Record<string, Json>).map(
      ([logicalId, { Type, Properties = {} }]) => ({
        logicalId,
        type: String(Type),
        properties: Properties as Json,
      }),
    );
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of its type whose properties hold these members. */
  one(type: string, members: Json = {}): Resource {
    const found = this.ofType(type).filter(({ properties }) =>
      Object.entries(members).every(
        ([name, value]) => JSON.stringify(properties[name]) === JSON.stringify(value),
      ),
    );
    const [resource] = found;
    if (!resource || found.length > 1) {
      throw new Error(
        `${found.length} resources ${type} with ${JSON.stringify(members)}, need one`,
      );
    }
    return resource;
  }

  byId(logicalId: string): Resource {
    const resource = this.resources.find((each) => each.logicalId === logicalId);
    if (!resource) throw new Error(`No resource ${logicalId}`);
    return resource;
  }

  /** Names of all functions, in the template's order. */
  get functionNames(): string[] {
    return this.ofType('AWS::Lambda::Function').map(({ properties }) =>
      String(properties.FunctionName),
    );
  }

  /** The role that a function runs with. */
  roleOf(functionName: string): Resource {
    const { Role } = this.one('AWS::Lambda::Function', { FunctionName: functionName }).properties;
    return this.byId((Role as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0]);
  }
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition: unknown;
}

/** Allow statements of a role, all of them inline. */
export function statementsOf(role: Resource): Statement[] {
  const policies = (role.properties.Policies ?? []) as { PolicyDocument: { Statement: Json[] } }[];
  return policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat().map(String),
      resources: [Resource].flat(),
      condition: Condition,
    })),
  );
}

/** Sorted actions that a role may use at all. */
export function actionsOf(role: Resource): string[] {
  return [...new Set(statementsOf(role).flatMap(({ actions }) => actions))].toSorted();
}
