import type {
  GetAccountSettingCommandInput,
  GetAccountSettingCommandOutput,
  PutAccountSettingCommandInput,
  PutAccountSettingCommandOutput,
} from '@aws-sdk/client-ecr';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ecrErrors } from './ecr-errors.ts';

/** Values that each setting takes, the one that holds at first in front (API reference, PutAccountSetting). */
const values = {
  BASIC_SCAN_TYPE_VERSION: ['AWS_NATIVE'],
  REGISTRY_POLICY_SCOPE: ['V2'],
  BLOB_MOUNTING: ['DISABLED', 'ENABLED'],
} as const;

type SettingName = keyof typeof values;

/** Settings of the registry that an account chooses. */
export class EcrAccountSettings {
  readonly #chosen = new Map<SettingName, string>();

  /** Throws AwsError InvalidParameterException for a setting that ECR does not have. */
  get(name: string): { readonly name: string; readonly value: string } {
    const known = knownName(name);
    return { name, value: this.#chosen.get(known) ?? values[known][0] };
  }

  /** Throws AwsError InvalidParameterException. */
  put(name: string, value: string): void {
    const known = knownName(name);
    const allowed: readonly string[] = values[known];
    if (!allowed.includes(value)) {
      throw ecrErrors.invalidParameterAt('value', `must be one of: ${allowed.join(', ')}`);
    }
    this.#chosen.set(known, value);
  }

  get mountsBlobs(): boolean {
    return this.get('BLOB_MOUNTING').value === 'ENABLED';
  }
}

export function accountSettingOperations(
  settings: EcrAccountSettings,
): Readonly<Record<string, WireOperation>> {
  return {
    GetAccountSetting: operation<GetAccountSettingCommandInput, GetAccountSettingCommandOutput>(
      ['name'],
      ({ name = '' }) => settings.get(name),
    ),
    PutAccountSetting: operation<PutAccountSettingCommandInput, PutAccountSettingCommandOutput>(
      ['name', 'value'],
      ({ name = '', value = '' }) => {
        settings.put(name, value);
        return settings.get(name);
      },
    ),
  };
}

function knownName(name: string): SettingName {
  if (Object.hasOwn(values, name)) return name as SettingName;
  throw ecrErrors.invalidParameterAt('name', `must be one of: ${Object.keys(values).join(', ')}`);
}
