/** A task definition in AWS's own (camelCase) wire shape, unknown members included. */
export type TaskDefinitionDocument = Readonly<Record<string, unknown>>;

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface DescribedTaskDefinition {
  readonly arn: string;
  readonly document: TaskDefinitionDocument;
  /** Returned beside the task definition, not in it (aws-facts 2.1). */
  readonly tags: readonly Tag[];
}

export interface TaskDefinitions {
  describe(arn: string): Promise<DescribedTaskDefinition>;
  /** ARNs of the family's ACTIVE revisions, newest first, at most `limit`. */
  listActiveRevisions(family: string, limit: number): Promise<string[]>;
  /** Registers a revision and returns its ARN; not idempotent (aws-facts 2.1). */
  register(document: TaskDefinitionDocument, tags: readonly Tag[]): Promise<string>;
}
