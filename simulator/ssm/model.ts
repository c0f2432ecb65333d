import { createHash } from 'node:crypto';
import type { PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { SsmService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { Principal } from '../iam/principal.ts';
import { administratorOf } from '../sts/caller-identity.ts';
import {
  latestOf,
  type Parameter,
  type ParameterVersion,
  type SelectedParameter,
} from './parameter.ts';
import { publicParameters } from './public-parameters.ts';
import { checkParameterName, invalid, newVersion } from './put-parameter.ts';

const mostVersions = 100;

/** Parameter Store of Systems Manager: parameters with versions and labels; policies are not modelled. */
export class SsmModel implements SsmService {
  readonly #world: World;
  readonly #parameters = new Map<string, Parameter>();
  /** Read by who knows their names; DescribeParameters and paths do not list them. */
  readonly #public: ReadonlyMap<string, Parameter>;

  constructor(world: World) {
    this.#world = world;
    this.#public = publicParameters(world.identity);
  }

  /** Without a principal the account's administrator puts it. */
  put(input: PutParameterCommandInput, principal?: Principal): ParameterVersion {
    const name = (input.Name ?? '').trim();
    checkParameterName(name);
    const present = this.#parameters.get(name);
    if (present && !input.Overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (input.Overwrite && input.Tags?.length) {
      throw invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag.",
      );
    }
    const { accountId } = this.#world.identity;
    const version = newVersion(input, present, {
      nowMs: this.#world.clock.now(),
      modifiedBy: (principal ?? administratorOf(accountId)).arn,
      defaultKeyId: 'alias/aws/ssm',
    });
    const parameter = present ?? {
      name,
      arn: arn(this.#world.identity, 'ssm', `parameter/${name.replace(/^\//, '')}`),
      versions: [],
      tags: new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    };
    const oldest = parameter.versions[0];
    if (parameter.versions.length >= mostVersions && oldest && oldest.labels.size > 0) {
      throw new AwsError(
        'ParameterMaxVersionLimitExceeded',
        `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
      );
    }
    this.#parameters.set(name, parameter);
    parameter.versions.push(version);
    if (parameter.versions.length > mostVersions) parameter.versions.shift();
    return version;
  }

  /** By name or ARN, each with an optional `:version`. Throws ParameterNotFound or ParameterVersionNotFound. */
  select(reference: string): SelectedParameter {
    const [, base = '', selector] =
      /^(arn:[^/]*\/[^:]*|[^:]*)(?::(.+))?$/.exec(reference.trim()) ?? [];
    const parameter = this.find(base);
    if (!parameter) throw new AwsError('ParameterNotFound', '');
    if (selector === undefined) {
      return { parameter, version: latestOf(parameter), selector: undefined };
    }
    const version = parameter.versions.find(
      (one) => String(one.version) === selector || one.labels.has(selector),
    );
    if (!version) {
      const kind = /^\d+$/.test(selector) ? 'version' : 'label';
      throw new AwsError(
        'ParameterVersionNotFound',
        `Systems Manager could not find ${kind} ${selector} of ${parameter.name}. Verify the ${kind} and try again.`,
      );
    }
    return { parameter, version, selector: `:${selector}` };
  }

  /** By name or ARN. */
  find(nameOrArn: string): Parameter | undefined {
    const known = this.#parameters.get(nameOrArn) ?? this.#public.get(nameOrArn);
    if (known || !nameOrArn.startsWith('arn:')) return known;
    return [...this.all(), ...this.#public.values()].find(({ arn }) => arn === nameOrArn);
  }

  /** By name. */
  all(): Parameter[] {
    return [...this.#parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Returns false when there is none. */
  delete(name: string): boolean {
    return this.#parameters.delete(name);
  }

  /** Without decryption a SecureString shows only what looks like its ciphertext. */
  shownValue({ name }: Parameter, version: ParameterVersion, decrypted: boolean): string {
    if (version.type !== 'SecureString' || decrypted) return version.value;
    const digest = createHash('sha512').update(`${name}:${version.version}`).digest('base64');
    return `AQICAH${digest}`;
  }

  parameterValue(reference: string): string | undefined {
    try {
      return this.select(reference).version.value;
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  /** Plain values by name, as CloudFormation resolves them; a SecureString is not among them. */
  templateValues(): Record<string, string> {
    return Object.fromEntries(
      [...this.all(), ...this.#public.values()]
        .filter((parameter) => latestOf(parameter).type !== 'SecureString')
        .map((parameter) => [parameter.name, latestOf(parameter).value]),
    );
  }
}
