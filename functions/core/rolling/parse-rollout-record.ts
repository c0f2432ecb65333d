import { areCheckResults } from '../checks/parse-check-results.ts';
import { itemsOf, memberAt } from '../config/loose-value.ts';
import { parseStopRequest } from '../deployment/stop-request.ts';
import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { proseRule, rolloutIdRule } from '../events/text-rules.ts';
import { outcomes } from '../release.ts';
import { actors } from '../workflow/actor.ts';
import { readExecution, readRelease } from '../workflow/step-input.ts';
import { areAnswers, arePhaseReports } from './parse-phases.ts';
import type { RolloutRecord } from './rollout-record.ts';

/** The record of a rolling update read back; undefined when there is none or it is none of ours. */
export function parseRolloutRecord(document: unknown): RolloutRecord | undefined {
  return isRolloutRecord(document) ? document : undefined;
}

/** All that is told again to people or decided by; the rest is carried on. */
function isRolloutRecord(document: unknown): document is RolloutRecord {
  const back = memberAt(document, 'back');
  return (
    memberAt(document, 'strategy') === 'ecs-rolling' &&
    outcomes.some((outcome) => outcome === memberAt(document, 'outcome')) &&
    actors.some((actor) => actor === memberAt(document, 'actor')) &&
    hasKnownSubject(document) &&
    isRollout(memberAt(document, 'rollout')) &&
    areTexts(memberAt(document, 'stoppedTasks')) &&
    areTexts(memberAt(document, 'notJudged')) &&
    (back === undefined || isWayBack(back)) &&
    arePhaseReports(memberAt(document, 'phases')) &&
    areAnswers(memberAt(document, 'answers'))
  );
}

function hasKnownSubject(document: unknown): boolean {
  try {
    const reader = MemberReader.of(document);
    readRelease(reader.members('release'));
    readExecution(reader.members('execution'));
    reader.text('deploymentId', rolloutIdRule);
    reader.optionalText('rollbackDeploymentId', rolloutIdRule);
    reader.optionalText('unproven', proseRule);
    reader.optionalText('unverified', proseRule);
    reader.optionalText('overtakenBy', rolloutIdRule);
    reader.optionalText('notifiedAt');
    reader.optionalText('error');
    reader.instant('recordedAt');
    reader.finish('the record of a rollout');
    const stop = memberAt(document, 'stop');
    if (stop !== undefined) parseStopRequest(stop);
    return typeof memberAt(document, 'reason') === 'string';
  } catch (error) {
    if (error instanceof InvalidEventError) return false;
    throw error;
  }
}

function isRollout(value: unknown): boolean {
  return ['arn', 'status'].every((name) => typeof memberAt(value, name) === 'string');
}

function isWayBack(back: unknown): boolean {
  const rollout = memberAt(back, 'rollout');
  const overtakenBy = memberAt(back, 'overtakenBy');
  return (
    (rollout === undefined || isRollout(rollout)) &&
    (overtakenBy === undefined || isRolloutId(overtakenBy)) &&
    areCheckResults(memberAt(back, 'checks'))
  );
}

function isRolloutId(value: unknown): boolean {
  return typeof value === 'string' && rolloutIdRule.pattern.test(value);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && itemsOf(value).every((item) => typeof item === 'string');
}
