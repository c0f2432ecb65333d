const everywhere = ['Type', 'Comment', 'QueryLanguage'];
const paths = ['InputPath', 'OutputPath'];
const leaving = ['Assign', 'Next', 'End'];
const work = ['ResultPath', 'ResultSelector', 'Parameters', 'Output', 'Retry', 'Catch'];

/** Fields of each state type, those of both query languages; measured with AWS by cdk-preflight (rule pf-sfn-asl-state-fields). */
export const stateFields: Readonly<Record<string, ReadonlySet<string>>> = {
  Pass: fields(paths, leaving, ['Result', 'ResultPath', 'Parameters', 'Output']),
  Task: fields(paths, leaving, work, [
    'Arguments',
    'Resource',
    'Credentials',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
  ]),
  Wait: fields(paths, leaving, ['Output', 'Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath']),
  Parallel: fields(paths, leaving, work, ['Arguments', 'Branches']),
  Map: fields(paths, leaving, work, [
    'ItemProcessor',
    'Iterator',
    'ItemsPath',
    'Items',
    'ItemSelector',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    'ToleratedFailurePercentage',
    'ToleratedFailurePercentagePath',
    'ToleratedFailureCount',
    'ToleratedFailureCountPath',
    'Label',
  ]),
  Choice: fields(paths, ['Output', 'Assign', 'Choices', 'Default']),
  Succeed: fields(paths, ['Output']),
  Fail: fields(['Error', 'Cause', 'ErrorPath', 'CausePath']),
};

/** Types that go on by Next or end by End. */
export const goingOn: ReadonlySet<unknown> = new Set(['Pass', 'Task', 'Wait', 'Parallel', 'Map']);

/** Fields without which a state of the type means nothing. */
export const requiredFields: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource'],
  Parallel: ['Branches'],
  Choice: ['Choices'],
};

/** A value and its `…Path`, of which a state may have one (rule pf-sfn-asl-path-exclusive). */
export const exclusiveFields: readonly (readonly [string, string])[] = [
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
];

/** Bounds of numbers that are given outright (rule pf-sfn-asl-numeric-ranges). */
export const numberBounds: Readonly<Record<string, NumberBounds>> = {
  TimeoutSeconds: { min: 1, max: 99_999_999, integer: true },
  HeartbeatSeconds: { min: 1, max: 99_999_999, integer: true },
  Seconds: { min: 0, max: 99_999_999, integer: true },
  MaxConcurrency: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
  ToleratedFailureCount: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
  ToleratedFailurePercentage: { min: 0, max: 100, integer: false },
};

export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** AWS's words for a number outside its bounds; undefined when it fits. */
export function boundsProblem(value: unknown, { min, max, integer }: NumberBounds) {
  if (typeof value !== 'number') return `Expected value of type ${integer ? 'Integer' : 'Number'}`;
  if (integer && !Number.isInteger(value)) return 'Expected value of type Integer';
  if (value < min) return `Minimum value is ${min}`;
  return value > max ? `Maximum value is ${max}` : undefined;
}

function fields(...lists: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set([...everywhere, ...lists.flat()]);
}
