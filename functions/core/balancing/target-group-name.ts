/** `arn:…:targetgroup/NAME/ID`: the name outlives the group when one is made anew, the id does not (aws-facts 4.3). */
const pattern = /:targetgroup\/([^/]+)\/[^/]+$/;

/** Undefined for what is no ARN of a target group. */
export function targetGroupName(arn: string): string | undefined {
  return pattern.exec(arn)?.[1];
}
