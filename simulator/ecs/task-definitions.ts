import type { RegisterTaskDefinitionCommandInput, TaskDefinitionStatus } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { callingPrincipal } from '../sts/caller-identity.ts';
import type { Caller } from '../wire/operation.ts';
import type { TaskDefinitionRevision } from './state.ts';
import { tagMap } from './tags.ts';
import { taskDefinitionDocument } from './task-definition-document.ts';
import { checkTaskDefinition } from './task-definition-rules.ts';

export interface RevisionFilter {
  /** Exact family, as AWS treats the parameter of ListTaskDefinitions. */
  readonly family?: string | undefined;
  readonly status?: TaskDefinitionStatus | undefined;
  readonly sort?: 'ASC' | 'DESC' | undefined;
}

/** All revisions of all families; numbers rise by one and are never reused (aws-facts 2.1). */
export class TaskDefinitions {
  readonly #world: World;
  readonly #byArn = new Map<string, TaskDefinitionRevision>();
  readonly #lastRevision = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  register(input: RegisterTaskDefinitionCommandInput, caller?: Caller): TaskDefinitionRevision {
    checkTaskDefinition(input);
    const family = input.family ?? '';
    const revision = (this.#lastRevision.get(family) ?? 0) + 1;
    this.#lastRevision.set(family, revision);
    const { identity, clock } = this.#world;
    const revisionArn = arn(identity, 'ecs', `task-definition/${family}:${revision}`);
    const registered: TaskDefinitionRevision = {
      arn: revisionArn,
      family,
      revision,
      tags: tagMap(input.tags),
      document: taskDefinitionDocument(input, {
        arn: revisionArn,
        revision,
        registeredAtMs: clock.now(),
        registeredBy: callingPrincipal(caller, identity.accountId).arn,
      }),
    };
    this.#byArn.set(revisionArn, registered);
    return registered;
  }

  /** By ARN, `family:revision`, or family alone for the latest ACTIVE revision. */
  find(reference: string): TaskDefinitionRevision | undefined {
    const known = this.#byArn.get(reference);
    if (known) return known;
    const name = reference.replace(/^arn:aws:ecs:[^:]*:\d*:task-definition\//, '');
    if (/:\d+$/.test(name)) {
      return this.#byArn.get(arn(this.#world.identity, 'ecs', `task-definition/${name}`));
    }
    return this.list({ family: name, sort: 'DESC' })[0];
  }

  get(reference: string): TaskDefinitionRevision {
    const found = this.find(reference);
    if (!found) throw new AwsError('ClientException', 'Unable to describe task definition.');
    return found;
  }

  /** One that new tasks may use: an INACTIVE revision cannot. */
  getActive(reference: string): TaskDefinitionRevision {
    const found = this.find(reference);
    if (!found) throw new AwsError('ClientException', 'TaskDefinition not found.');
    if (found.document.status !== 'ACTIVE') {
      throw new AwsError('ClientException', 'TaskDefinition is inactive');
    }
    return found;
  }

  /** Running tasks keep it; it stays describable. */
  deregister(reference: string): TaskDefinitionRevision {
    if (!/:\d+$/.test(reference)) {
      throw new AwsError('InvalidParameterException', 'Task definition revision is missing.');
    }
    const found = this.find(reference);
    if (!found)
      throw new AwsError('ClientException', 'The specified task definition does not exist.');
    if (found.document.status !== 'ACTIVE') return found;
    found.document = {
      ...found.document,
      status: 'INACTIVE',
      deregisteredAt: new Date(this.#world.clock.now()),
    };
    return found;
  }

  /** Nobody may use it any more; it is gone some time after the call (assumption: AWS says no time). */
  delete(revision: TaskDefinitionRevision): TaskDefinitionRevision {
    if (revision.document.status === 'DELETE_IN_PROGRESS') return revision;
    const { clock, settings } = this.#world;
    revision.document = {
      ...revision.document,
      status: 'DELETE_IN_PROGRESS',
      deleteRequestedAt: new Date(clock.now()),
    };
    const forget = () => this.#byArn.delete(revision.arn);
    clock.schedule(settings.taskDefinitionDeletionMs, forget, 'background');
    return revision;
  }

  /** By family, then revision; ACTIVE ones unless told. */
  list({ family, status = 'ACTIVE', sort = 'ASC' }: RevisionFilter): TaskDefinitionRevision[] {
    const found = [...this.#byArn.values()]
      .filter((revision) => revision.document.status === status)
      .filter((revision) => family === undefined || revision.family === family)
      .sort((a, b) => compare(a.family, b.family) || a.revision - b.revision);
    return sort === 'DESC' ? found.reverse() : found;
  }

  families(prefix: string, status: 'ACTIVE' | 'INACTIVE' | 'ALL'): string[] {
    const active = new Set(this.list({}).map(({ family }) => family));
    return [...new Set([...this.#byArn.values()].map(({ family }) => family))]
      .filter((family) => family.startsWith(prefix))
      .filter((family) => status === 'ALL' || active.has(family) === (status === 'ACTIVE'))
      .sort(compare);
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
