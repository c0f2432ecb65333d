/** The Regions that AWS's quota pages name first; Step Functions, SNS and SQS give them more than others. */
export const largestRegions: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** What the first group that has the Region gets, else the rest. */
export function byRegion<Figure>(
  region: string,
  groups: readonly (readonly [regions: readonly string[], figure: Figure])[],
  rest: Figure,
): Figure {
  return groups.find(([regions]) => regions.includes(region))?.[1] ?? rest;
}
