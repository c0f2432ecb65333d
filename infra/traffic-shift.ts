/** How the sample's deployment group shifts traffic. */
export interface SampleShift {
  /** Name of the deployment configuration. */
  readonly name: string;
  /** Set for one that is not CodeDeploy's own, which the sample stack then creates. */
  readonly custom?: {
    readonly type: 'canary' | 'linear';
    readonly percentage: number;
    readonly minutes: number;
  };
}

/** CodeDeploy's own for ECS (aws-facts 3.7). */
export const predefinedShifts = [
  'CodeDeployDefault.ECSAllAtOnce',
  'CodeDeployDefault.ECSCanary10Percent5Minutes',
  'CodeDeployDefault.ECSCanary10Percent15Minutes',
  'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
  'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
] as const;

export const defaultShift: SampleShift = { name: 'CodeDeployDefault.ECSCanary10Percent5Minutes' };

/**
 * The shift of a name: one of CodeDeploy's own, with or without its prefix, or a custom one whose name says what it
 * does, as theirs do: `Canary25Percent2Minutes`, `Linear20PercentEvery2Minutes`. Undefined for another name.
 */
export function shiftNamed(name: string): SampleShift | undefined {
  const predefined = predefinedShifts.find(
    (one) => one === name || one === `CodeDeployDefault.${name}`,
  );
  if (predefined !== undefined) return { name: predefined };
  const custom =
    /^(?:(Canary)([1-9]\d?)Percent|(Linear)([1-9]\d?)PercentEvery)([1-9]\d{0,3})Minutes$/.exec(
      name,
    );
  if (custom === null) return undefined;
  const [, canary, canaryPercentage, , linearPercentage, minutes] = custom;
  const type = canary === undefined ? 'linear' : 'canary';
  const percentage = Number(canaryPercentage ?? linearPercentage);
  return { name, custom: { type, percentage, minutes: Number(minutes) } };
}
