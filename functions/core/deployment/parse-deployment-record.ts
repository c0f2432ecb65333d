import { areCheckResults } from '../checks/parse-check-results.ts';
import { itemsOf, memberAt } from '../config/loose-value.ts';
import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { deploymentIdRule } from '../events/text-rules.ts';
import { isHookReport } from '../hooks/parse-hook-report.ts';
import { outcomes } from '../release.ts';
import { readExecution, readRelease } from '../workflow/step-input.ts';
import type { DeploymentRecord } from './deployment-record.ts';

/** A record read back; undefined when there is none or it is none of ours. */
export function parseDeploymentRecord(document: unknown): DeploymentRecord | undefined {
  return isDeploymentRecord(document) ? document : undefined;
}

/**
 * Only this controller writes the key, but whoever else may write to the bucket must not break who reads it: all that
 * answers, notifications and verifications look at is checked, the rest is carried on.
 */
function isDeploymentRecord(document: unknown): document is DeploymentRecord {
  const rollback = memberAt(document, 'rollback');
  const target = memberAt(document, 'target');
  const hooks = memberAt(document, 'hooks');
  return (
    outcomes.some((outcome) => outcome === memberAt(document, 'outcome')) &&
    hasKnownSubject(document) &&
    isDeployment(memberAt(document, 'deployment')) &&
    (target === undefined || hasEvents(target)) &&
    Array.isArray(hooks) &&
    hooks.every(isHookReport) &&
    (rollback === undefined || isRollback(rollback))
  );
}

/** What the record is about, as far as it is said again to people and to the waiting task. */
function hasKnownSubject(document: unknown): boolean {
  try {
    const reader = MemberReader.of(document);
    readRelease(reader.members('release'));
    readExecution(reader.members('execution'));
    reader.text('deploymentId', deploymentIdRule);
    reader.optionalText('rollbackDeploymentId', deploymentIdRule);
    reader.optionalText('notifiedAt');
    reader.optionalText('error');
    reader.finish('the record of a deployment');
    return typeof memberAt(document, 'reason') === 'string';
  } catch (error) {
    if (error instanceof InvalidEventError) return false;
    throw error;
  }
}

function isDeployment(value: unknown): boolean {
  return (
    typeof memberAt(value, 'deploymentId') === 'string' &&
    typeof memberAt(value, 'status') === 'string'
  );
}

function hasEvents(target: unknown): boolean {
  const events = memberAt(target, 'lifecycleEvents');
  return (
    Array.isArray(events) &&
    itemsOf(events).every((event) => typeof memberAt(event, 'name') === 'string')
  );
}

function isRollback(rollback: unknown): boolean {
  return (
    isDeployment(memberAt(rollback, 'deployment')) && areCheckResults(memberAt(rollback, 'checks'))
  );
}
