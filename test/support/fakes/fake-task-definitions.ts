import { ResourceNotFoundError } from '../../../functions/core/errors.ts';
import type {
  DescribedTaskDefinition,
  Tag,
  TaskDefinitionDocument,
  TaskDefinitions,
} from '../../../functions/core/ports/task-definitions.ts';

const prefix = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/';

/** Registers as ECS does: always a new revision, with the output-only members added (aws-facts 2.1). */
export class FakeTaskDefinitions implements TaskDefinitions {
  /** What was handed to `register`, in order. */
  readonly registered: {
    readonly document: TaskDefinitionDocument;
    readonly tags: readonly Tag[];
  }[] = [];
  readonly #revisions: (DescribedTaskDefinition & { readonly family: string; active: boolean })[] =
    [];

  /** Puts a revision there without counting it as registered; returns its ARN. */
  add(document: TaskDefinitionDocument, tags: readonly Tag[] = []): string {
    const family = String(document.family);
    const revision = this.#revisions.filter((one) => one.family === family).length + 1;
    const arn = `${prefix}${family}:${revision}`;
    const output = {
      taskDefinitionArn: arn,
      revision,
      status: 'ACTIVE',
      requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
      compatibilities: ['EC2', 'FARGATE'],
      registeredAt: 1_788_000_000 + revision,
      registeredBy: 'arn:aws:iam::123456789012:role/deployer',
    };
    this.#revisions.push({ arn, family, document: { ...document, ...output }, tags, active: true });
    return arn;
  }

  deregister(arn: string): void {
    this.#find(arn).active = false;
  }

  async describe(arn: string): Promise<DescribedTaskDefinition> {
    const { document, tags } = this.#find(arn);
    return { arn, document, tags };
  }

  async listActiveRevisions(family: string, limit: number): Promise<string[]> {
    return this.#revisions
      .filter((one) => one.family === family && one.active)
      .map(({ arn }) => arn)
      .reverse()
      .slice(0, limit);
  }

  async register(document: TaskDefinitionDocument, tags: readonly Tag[]): Promise<string> {
    this.registered.push({ document, tags });
    return this.add(document, tags);
  }

  #find(arn: string) {
    const found = this.#revisions.find((one) => one.arn === arn);
    if (found === undefined) {
      throw new ResourceNotFoundError(`ECS cannot describe task definition "${arn}"`);
    }
    return found;
  }
}
