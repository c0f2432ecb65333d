import type { Setting, SettingName } from '@aws-sdk/client-ecs';
import { invalidParameter } from './service-rules.ts';

const switched = ['enabled', 'disabled'];
const onOff = ['on', 'off'];

/** Settings of an account, with the value of one that nobody changed, and all that each can have (developer guide). */
const known: Readonly<
  Partial<Record<SettingName, { readonly standard: string; readonly values: readonly string[] }>>
> = {
  awsvpcTrunking: { standard: 'disabled', values: switched },
  containerInsights: { standard: 'disabled', values: ['enhanced', ...switched] },
  containerInstanceLongArnFormat: { standard: 'enabled', values: ['enabled'] },
  defaultLogDriverMode: { standard: 'non-blocking', values: ['blocking', 'non-blocking'] },
  fargateFIPSMode: { standard: 'disabled', values: switched },
  fargateTaskRetirementWaitPeriod: { standard: '7', values: ['0', '7', '14'] },
  guardDutyActivate: { standard: 'off', values: onOff },
  serviceLongArnFormat: { standard: 'enabled', values: ['enabled'] },
  tagResourceAuthorization: { standard: 'off', values: onOff },
  taskLongArnFormat: { standard: 'enabled', values: ['enabled'] },
};

/** Only Amazon turns it. */
const ofAmazon: readonly SettingName[] = ['guardDutyActivate'];

/** Account settings, the default ones and those of single principals; kept, without effect on what runs. */
export class AccountSettings {
  readonly #root: string;
  readonly #byPrincipal = new Map<string, Map<SettingName, string>>();

  /** `root` is the ARN of the account's root user: its values hold for all who have none of their own. */
  constructor(root: string) {
    this.#root = root;
  }

  put(name: SettingName, value: string, principalArn = this.#root): Setting {
    const { values = [] } = known[name] ?? {};
    if (!values.includes(value)) {
      throw invalidParameter(
        `Invalid value '${value}' for account setting ${name}. Valid values: ${values.join(', ')}.`,
      );
    }
    if (ofAmazon.includes(name)) {
      throw invalidParameter(`Account setting ${name} cannot be changed.`);
    }
    const own = this.#byPrincipal.get(principalArn) ?? new Map<SettingName, string>();
    this.#byPrincipal.set(principalArn, own.set(name, value));
    return setting(name, value, principalArn);
  }

  /** Back to what the root user's, or nobody's, choice says. */
  delete(name: SettingName, principalArn = this.#root): Setting {
    this.#byPrincipal.get(principalArn)?.delete(name);
    return setting(name, this.#effective(name, principalArn), principalArn);
  }

  /** What was put, or with `effective` all that holds. */
  list(effective: boolean, principalArn = this.#root): Setting[] {
    if (effective) {
      return Object.keys(known).map((name) =>
        setting(
          name as SettingName,
          this.#effective(name as SettingName, principalArn),
          principalArn,
        ),
      );
    }
    return [...(this.#byPrincipal.get(principalArn) ?? [])].map(([name, value]) =>
      setting(name, value, principalArn),
    );
  }

  #effective(name: SettingName, principalArn: string): string {
    return (
      this.#byPrincipal.get(principalArn)?.get(name) ??
      this.#byPrincipal.get(this.#root)?.get(name) ??
      known[name]?.standard ??
      ''
    );
  }
}

function setting(name: SettingName, value: string, principalArn: string): Setting {
  return { name, value, principalArn, type: ofAmazon.includes(name) ? 'aws_managed' : 'user' };
}
