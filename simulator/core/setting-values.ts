import { defaultSettings, type Settings } from './settings.ts';

/** What settings that are words can be; a test asks for an entry per such setting. */
const choices: Readonly<Record<string, readonly string[]>> = {
  containerInstanceType: [
    't3.small',
    't3.medium',
    't3.large',
    't4g.medium',
    'm5.large',
    'm5.xlarge',
    'm5.2xlarge',
    'm7g.large',
    'c5.xlarge',
    'r5.large',
  ],
  emptyHookStatus: ['Succeeded', 'Skipped'],
  hookInvocation: ['Event', 'RequestResponse'],
  hookNamesCheckedAt: ['event', 'creation'],
  indexImageDigest: ['index', 'platform'],
  indexScan: ['ScanNotFoundException', 'UNSUPPORTED_IMAGE'],
  lateTrafficErrorCode: ['TIMEOUT', 'ECS_UPDATE_ERROR'],
  mapRunDeniedError: ['States.Permissions', 'StepFunctions.AccessDeniedException'],
  missingHookErrorCode: ['INVALID_LAMBDA_FUNCTION', 'HOOK_EXECUTION_FAILURE'],
  missingPathError: ['States.ParameterPathFailure', 'States.Runtime'],
  primaryAfterShift: ['last', 'first'],
  readyWaitBefore: ['BeforeAllowTraffic', 'AllowTraffic'],
  retaggedImagePushedAt: ['kept', 'moved'],
  silentHookErrorCode: ['HOOK_EXECUTION_FAILURE', 'TIMEOUT'],
  stopBeforeStartAnswer: ['Succeeded', 'Pending'],
  stoppedTargetStatus: ['Failed', 'Skipped'],
  tasksStoppedFirst: ['newest', 'oldest'],
  unmatchedChoiceError: ['States.NoChoiceMatched', 'States.Runtime'],
  unsettledScalingErrorCode: ['TIMEOUT', 'AUTOSCALING_VALIDATION_ERROR'],
  unstartedDeploymentErrorCode: ['TIMEOUT', 'INTERNAL_ERROR'],
  unsteadyReplacementErrorCode: ['TIMEOUT', 'ECS_UPDATE_ERROR'],
  weightedForwarding: ['even', 'random'],
};

/** A setting that is not there, or a value that it cannot take; the message names both. */
export class SettingRefusedError extends Error {
  override readonly name = 'SettingRefusedError';
}

/** Reads `name=value`, as a command line gives it. Throws SettingRefusedError. */
export function parseSetting(assignment: string): Partial<Settings> {
  const at = assignment.indexOf('=');
  if (at < 1) {
    throw new SettingRefusedError(`A setting is given as name=value, got "${assignment}"`);
  }
  const name = assignment.slice(0, at);
  const text = assignment.slice(at + 1);
  const known = typeof knownValue(name);
  if (known === 'number' && text.trim() !== '') return readSettings({ [name]: Number(text) });
  if (known === 'boolean' && /^(true|false)$/.test(text)) {
    return readSettings({ [name]: text === 'true' });
  }
  return readSettings({ [name]: text });
}

/** Checks values by setting name, as JSON gives them. Throws SettingRefusedError. */
export function readSettings(values: Readonly<Record<string, unknown>>): Partial<Settings> {
  for (const [name, value] of Object.entries(values)) {
    const expected = expectation(name);
    if (!fits(name, value)) {
      throw new SettingRefusedError(
        `Setting ${name} takes ${expected}, got ${JSON.stringify(value) ?? String(value)}`,
      );
    }
  }
  return values as Partial<Settings>;
}

/** One line per setting, `name=default`, with what it takes. */
export function describeSettings(): string[] {
  return Object.entries(defaultSettings).map(
    ([name, value]) => `${name}=${value} (${expectation(name)})`,
  );
}

function knownValue(name: string): unknown {
  if (Object.hasOwn(defaultSettings, name)) return defaultSettings[name as keyof Settings];
  throw new SettingRefusedError(
    `There is no setting "${name}"; there are ${Object.keys(defaultSettings).join(', ')}`,
  );
}

function expectation(name: string): string {
  const known = knownValue(name);
  if (typeof known === 'boolean') return 'true or false';
  if (typeof known === 'number') return 'a number from 0';
  return (choices[name] ?? []).join(' or ');
}

function fits(name: string, value: unknown): boolean {
  const known = knownValue(name);
  if (typeof value !== typeof known) return false;
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0;
  if (typeof value === 'string') {
    return choices[name]?.includes(value) ?? false;
  }
  return true;
}
