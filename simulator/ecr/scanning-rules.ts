import type { RegistryScanningRule, ScanType } from '@aws-sdk/client-ecr';
import { ecrErrors } from './ecr-errors.ts';

/** Frequencies that each scan type takes. */
const frequencies: Readonly<Record<ScanType, readonly string[]>> = {
  BASIC: ['SCAN_ON_PUSH', 'MANUAL'],
  ENHANCED: ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'],
};
const mostRules = 2;

/** Throws AwsError InvalidParameterException as PutRegistryScanningConfiguration does. */
export function checkScanningRules(
  scanType: ScanType,
  rules: readonly RegistryScanningRule[],
): void {
  if (!Object.hasOwn(frequencies, scanType)) {
    throw ecrErrors.invalidParameter(`'${scanType}' at 'scanType' is not BASIC or ENHANCED`);
  }
  if (rules.length > mostRules) {
    throw ecrErrors.invalidParameter(`'rules' must have at most ${mostRules} members`);
  }
  for (const { scanFrequency = '', repositoryFilters = [] } of rules) {
    if (!frequencies[scanType].includes(scanFrequency)) {
      throw ecrErrors.invalidParameter(
        `scan frequency '${scanFrequency}' is not supported for scan type ${scanType}`,
      );
    }
    for (const { filter = '', filterType } of repositoryFilters) {
      if (filterType !== 'WILDCARD' || !/^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/.test(filter)) {
        throw ecrErrors.invalidParameter(`'${filter}' is not a WILDCARD repository filter`);
      }
    }
  }
}
