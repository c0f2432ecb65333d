import { memberAt, membersOf } from '../../config/loose-value.ts';
import type { ServiceConfig } from '../../config/schema.ts';
import {
  parameterNames,
  parseSecretReference,
  type SecretReference,
} from '../../task-definition/parse-secret-reference.ts';
import { type SecretUse, secretReferences } from '../../task-definition/secret-references.ts';
import { servingWorkload } from '../../workflow/serving-workload.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

interface Use extends Pick<SecretUse, 'user'> {
  /** As it was written. */
  readonly written: string;
  readonly reference: SecretReference;
}

/** Values are never read: whether a secret has a certain JSON member stays open until a task or a check reads it. */
export const secretsExist: PreflightCheck<ReleaseFacts> = {
  id: 'secrets-exist',
  title: 'Every secret and parameter that tasks and checks refer to is there',
  remedy: 'Create the secret or parameter, or mend the reference',

  async judge(facts) {
    const uses = await usesOf(facts);
    if (uses.length === 0) {
      return {
        status: 'SKIP',
        reason: 'Neither the task definition nor a check refers to a secret',
      };
    }
    const problems = (
      await Promise.all([
        missingParameters(uses, facts),
        ...uses.map((use) => problemOf(use, facts)),
      ])
    ).flat();
    if (problems.length > 0) {
      return {
        status: 'NG',
        expected: 'every secret and parameter that is referred to',
        observed: problems.join('; '),
        remedy: 'Create what is missing in this account and Region, or mend the reference to it',
      };
    }
    const elsewhere = uses.filter(({ reference }) => reference.kind === 'elsewhere');
    const looked = uses.length - elsewhere.length;
    const notLookedAt = elsewhere.map(({ written }) => written).join(', ');
    if (looked === 0) {
      return { status: 'SKIP', reason: `All of another account or Region: ${notLookedAt}` };
    }
    const rest = notLookedAt === '' ? '' : `; of another account or Region: ${notLookedAt}`;
    return {
      status: 'OK',
      observed: `${looked === 1 ? '1 reference' : `all ${looked} references`} found${rest}`,
    };
  },
};

/** A service that is not there has no task definition, but the checks' secrets can be looked for all the same. */
async function usesOf(facts: ReleaseFacts): Promise<Use[]> {
  const service = await facts.service();
  const own = checkSecrets(facts.subject.service);
  if (service === undefined || servingWorkload(service) === undefined) return own;
  const { document } = await facts.runningTaskDefinition();
  const uses = secretReferences(document).map(({ user, valueFrom }) => ({
    user,
    written: valueFrom,
    reference: parseSecretReference(valueFrom, service.serviceArn),
  }));
  return [...uses, ...own];
}

/** Secrets of checks, however deep in a check they are declared. */
function checkSecrets(service: ServiceConfig): Use[] {
  return Object.values(service.checks)
    .flat()
    .flatMap((check) => membersOf(memberAt(check, 'secrets')))
    .flatMap(([name, source]) => {
      const user = `secret ${name} of a check`;
      const id = memberAt(source, 'secretsManager');
      if (typeof id === 'string') {
        const key = memberAt(source, 'key');
        const reference: SecretReference = {
          kind: 'secret',
          id,
          key: typeof key === 'string' ? key : undefined,
          versionStage: undefined,
          versionId: undefined,
        };
        return [{ user, written: id, reference }];
      }
      const parameter = memberAt(source, 'parameter');
      if (typeof parameter !== 'string') return [];
      return [{ user, written: parameter, reference: checkParameter(parameter) }];
    });
}

/** GetParameter, which the hooks call, takes `name:version` and `name:label` too. */
function checkParameter(written: string): SecretReference {
  const name = written.startsWith('arn:') ? (written.split(':')[5] ?? '') : written;
  return { kind: 'parameter', name: name.replace(/^parameter(?=\/)/, '').replace(/:.*$/, '') };
}

async function missingParameters(uses: readonly Use[], facts: ReleaseFacts): Promise<string[]> {
  const parameters = uses.flatMap((use) =>
    use.reference.kind === 'parameter' ? [{ ...use, name: use.reference.name }] : [],
  );
  if (parameters.length === 0) return [];
  const names = [...new Set(parameters.flatMap(({ name }) => parameterNames(name)))].toSorted();
  const existing = new Set(await facts.existingParameters(names));
  return parameters
    .filter(({ name }) => !parameterNames(name).some((candidate) => existing.has(candidate)))
    .map(({ user, written }) => `${user}: no parameter ${written}`);
}

async function problemOf(
  { user, written, reference }: Use,
  facts: ReleaseFacts,
): Promise<string[]> {
  if (reference.kind !== 'secret') return [];
  const { id, versionStage, versionId } = reference;
  const secret = await facts.secret(id);
  if (secret === undefined) return [`${user}: no secret ${written}`];
  if (secret.deletedAtMs !== undefined) return [`${user}: secret ${id} is marked for deletion`];
  const { versions } = secret;
  if (versionId !== undefined && versions[versionId] === undefined) {
    return [`${user}: secret ${id} has no version ${versionId}`];
  }
  const stages =
    versionId === undefined ? Object.values(versions).flat() : (versions[versionId] ?? []);
  // What is not said is AWSCURRENT; a secret that was created without a value has no version at all.
  const stage = versionStage ?? (versionId === undefined ? 'AWSCURRENT' : undefined);
  return stage === undefined || stages.includes(stage)
    ? []
    : [`${user}: secret ${id} has no version with stage ${stage}`];
}
