import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import {
  type Alias,
  notFound,
  type PublishedVersion,
  type StoredFunction,
} from './function-store.ts';

export interface PublishRequest {
  readonly description?: string | undefined;
  readonly codeSha256?: string | undefined;
  readonly revisionId?: string | undefined;
}

/** Publishes `$LATEST`; gives the last version again when nothing has changed since. */
export function publishVersion(
  stored: StoredFunction,
  { description, codeSha256, revisionId }: PublishRequest,
  world: World,
): PublishedVersion {
  const { definition } = stored;
  checkRevision(revisionId, definition.revisionId);
  if (codeSha256 && codeSha256 !== definition.codeSha256) {
    throw invalid(
      `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${definition.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const last = stored.versions.at(-1);
  if (last && unchanged(last.definition, definition)) return last;
  const { settling: _, ...settled } = definition;
  const version = String(++stored.lastVersion);
  const published = {
    version,
    definition: {
      ...settled,
      description: description || definition.description,
      revisionId: world.ids.uuid(),
    },
  };
  stored.versions.push(published);
  return published;
}

/** `$LATEST` may go only with the function, a version only when no alias points to it. */
export function deleteVersion(stored: StoredFunction, version: string): void {
  if (version === '$LATEST') {
    throw invalid('$LATEST version cannot be deleted without deleting the function.');
  }
  if (!/^\d+$/.test(version)) {
    throw invalid('Deletion of aliases is not currently supported.');
  }
  if (!stored.versions.some((each) => each.version === version)) {
    throw notFound(`${stored.definition.arn}:${version}`);
  }
  const users = [...stored.aliases.values()]
    .filter((alias) => alias.version === version || alias.weights[version] !== undefined)
    .map(({ name }) => name);
  if (users.length > 0) {
    throw new AwsError(
      'ResourceConflictException',
      `Version was not deleted because the following aliases reference it: [${users.join(', ')}]`,
      { status: 409, members: { Type: 'User' } },
    );
  }
  stored.versions = stored.versions.filter((each) => each.version !== version);
  forgetQualifier(stored, version);
}

export interface AliasRequest {
  readonly name: string;
  readonly version: string;
  readonly description?: string | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/** Creates or changes an alias once its versions are known to be there. */
export function setAlias(stored: StoredFunction, request: AliasRequest, world: World): Alias {
  const { name, version, description = '', weights = {} } = request;
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(name)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
      { status: 400 },
    );
  }
  requireVersion(stored, version);
  const others = Object.entries(weights);
  if (others.length > 1) {
    throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  for (const [other, weight] of others) {
    if (version === '$LATEST' || other === '$LATEST') {
      throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
    }
    requireVersion(stored, other);
    if (other === version) {
      throw invalid(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      );
    }
    if (weight < 0 || weight > 1) {
      throw invalid(`Value '${weight}' at 'routingConfig.additionalVersionWeights' must be 0 to 1`);
    }
  }
  const alias = { name, version, description, weights, revisionId: world.ids.uuid() };
  stored.aliases.set(name, alias);
  return alias;
}

/** Permissions and asynchronous settings of a version or alias end with it. */
export function forgetQualifier(stored: StoredFunction, qualifier: string): void {
  stored.eventInvokeConfigs.delete(qualifier);
  stored.provisionedConcurrency.delete(qualifier);
  stored.permissions = stored.permissions.filter((each) => each.qualifier !== qualifier);
}

/** Throws PreconditionFailedException when the caller has seen another revision. */
export function checkRevision(given: string | undefined, current: string): void {
  if (!given || given === current) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { status: 412, members: { Type: 'User' } },
  );
}

function requireVersion({ definition, versions }: StoredFunction, version: string): void {
  if (version === '$LATEST' || versions.some((each) => each.version === version)) return;
  throw notFound(`${definition.arn}:${version}`);
}

/** Code and configuration, not what only tells of a change. */
function unchanged(
  published: StoredFunction['definition'],
  latest: StoredFunction['definition'],
): boolean {
  const content = ({
    revisionId,
    description,
    lastModifiedMs,
    settling,
    tags,
    reservedConcurrency,
    codeDirectory,
    ...rest
  }: StoredFunction['definition']) => JSON.stringify(rest);
  return content(published) === content(latest);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
