/** `STACK-LOGICALID-SUFFIX`: the suffix is kept whole, stack and logical id share what is left. */
export function generatedName(
  stackName: string,
  logicalId: string,
  suffix: string,
  maxLength: number,
): string {
  const room = maxLength - suffix.length - 2;
  const logicalLength = Math.min(
    logicalId.length,
    Math.max(Math.floor(room / 2), room - stackName.length),
  );
  const stackLength = Math.min(stackName.length, room - logicalLength);
  return `${stackName.slice(0, stackLength)}-${logicalId.slice(0, logicalLength)}-${suffix}`;
}
