import {
  deploymentDescription,
  parseDeploymentDescription,
} from '../../functions/core/deployment/identity.ts';
import type { ExecutionIdentity, ReleaseRequest } from '../../functions/core/release.ts';
import { parsePushRecord, pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { Model } from './answer.ts';
import { documentOf } from './documents.ts';
import { requestOf } from './executions.ts';
import * as facts from './facts.ts';
import { firstPushMs } from './instants.ts';
import type { Execution, Scenario, World } from './world.ts';

/** The promises, as judgements over the model's state. */

/** Position of the push that made an image what its tag names; the last one counts, as tags move back. */
function pushOf({ pushed }: World, { pushes }: Scenario, image: number): number {
  return pushes.slice(0, pushed).findLastIndex((push) => push.image === image);
}

/** The push that production was deployed for: its image may have been pushed once more since. */
function pushInProduction(world: World, { pushes }: Scenario): number {
  const { image, description } = world.deployments[world.primary] ?? { image: 0 };
  const name = parseDeploymentDescription(description)?.executionName;
  const execution = world.executions.find((one) => one.name === name);
  if (execution === undefined) return -1;
  const pushedAtMs = Date.parse(requestOf(execution).pushedAt);
  // Events tell whole seconds (aws-facts 1.2).
  const second = (afterMs: number) => Math.floor((firstPushMs + afterMs) / 1_000) * 1_000;
  return pushes.findLastIndex((push) => push.image === image && second(push.afterMs) <= pushedAtMs);
}

function imageOf({ digest }: Pick<ReleaseRequest, 'digest'>): number {
  return Number.parseInt(digest.at(-1) ?? '', 16);
}

/** Never an older image over a newer one, and no push twice, whoever told of it. */
export function noteCreate(
  world: World,
  image: number,
  identity: Pick<ExecutionIdentity, 'executionName'> | undefined,
  { scenario, violations }: Model,
): void {
  const pushes = scenario.pushes.slice(0, world.pushed).filter((push) => push.image === image);
  const others = world.deployments.flatMap(({ image: deployed, description }) =>
    deployed === image ? (parseDeploymentDescription(description)?.executionName ?? []) : [],
  );
  const executions = new Set([...others, identity?.executionName]);
  if (executions.size > pushes.length) {
    violations.push(
      `a push is deployed twice: image ${image} by ${[...executions].join(' and ')}, though it was pushed ${pushes.length} times`,
    );
  }
  const production = world.deployments[world.primary]?.image ?? 0;
  const mine = pushOf(world, scenario, image);
  const theirs = pushInProduction(world, scenario);
  if (theirs > mine) {
    violations.push(
      `an older image over a newer one: ${identity?.executionName} deploys image ${image} while production runs image ${production}`,
    );
  }
}

/**
 * Exactly one outcome: what an attempt left on record stays. Only that there was no deployment may be mended: of an
 * execution that a person stopped in the moment in which its function creates one.
 */
export function noteRecord(
  { spent }: World,
  earlier: unknown,
  later: unknown,
  { violations }: Model,
): void {
  const before = parsePushRecord(earlier);
  const after = parsePushRecord(later);
  if (before === undefined || after === undefined) return;
  const same =
    before.executionName === after.executionName && before.redriveCount === after.redriveCount;
  const mended =
    (spent.stopExecution ?? 0) > 0 &&
    before.deploymentId === undefined &&
    after.deploymentId !== undefined;
  if (same && before.outcome !== after.outcome && !mended) {
    violations.push(
      `two outcomes: ${after.executionName} was ${before.outcome} on record and becomes ${after.outcome} (${after.reason})`,
    );
  }
}

/** In every state: CodeDeploy's lock is the model's, so that a breach is one of the model itself. */
export function checkAlways({ deployments, revisions, spent }: World): string[] {
  const active = deployments.filter(({ phase }) => phase !== 'ended').length;
  const repeated = revisions.filter((image, index) => revisions.indexOf(image) < index).length;
  // One when two of the same image look at the same moment, one for each that dies on its way.
  const excused = Math.max(1, (spent.crash ?? 0) + (spent.orphan ?? 0));
  return [
    ...(active > 1 ? [`${active} deployments of one service at once`] : []),
    ...(repeated > excused ? [`${repeated} task definition revisions more than needed`] : []),
  ];
}

/** When nothing is left to happen. */
export function checkEnd(world: World, scenario: Scenario): string[] {
  const stuck = world.executions.filter(({ status }) => status === 'RUNNING');
  return [
    ...stuck.map(
      ({ name, task, phase }) => `a token waits for ever: ${name} is ${phase} in ${task}`,
    ),
    ...world.executions.flatMap((execution) => checkRecord(world, execution)),
    ...checkPushes(world, scenario),
    ...checkProduction(world, scenario),
  ];
}

function checkRecord(world: World, execution: Execution): string[] {
  const { name, redriveCount, outcome, status } = execution;
  const request = requestOf(execution);
  const key = pushRecordKeys.outcome(request.eventId, request.service);
  const record = parsePushRecord(documentOf(world.records[key]));
  if (record === undefined) return [`no outcome: ${name} is over and nothing is on record`];
  if (record.redriveCount !== redriveCount) {
    return [`no outcome: redrive ${redriveCount} of ${name} is over and nothing is on record`];
  }
  const own =
    record.deploymentId === undefined
      ? world.deployments.find((one) => one.description === descriptionOf(execution))
      : world.deployments[facts.deploymentIndex(record.deploymentId)];
  const rollback = own?.rollback === undefined ? undefined : world.deployments[own.rollback];
  const wrong = (truth: string) => [
    `record is not reality: ${name} is ${record.outcome} on record, but ${truth}`,
  ];
  if (status === 'SUCCEEDED' && record.outcome !== (outcome ?? record.outcome)) {
    return wrong(`its execution ended as ${outcome}`);
  }
  if (own !== undefined && record.deploymentId === undefined) {
    return wrong(`its deployment is ${own.status}, and it tells of none`);
  }
  if (record.outcome === 'deployed' && status === 'FAILED') return wrong('its execution FAILED');
  if (record.outcome === 'deployed' && own !== undefined && own.status !== 'Succeeded') {
    return wrong(`its deployment is ${own.status}`);
  }
  if (record.outcome !== 'deployed' && own?.status === 'Succeeded') {
    return wrong('its deployment Succeeded');
  }
  if (record.outcome === 'failed' && rollback?.status === 'Succeeded') {
    return wrong('its rollback Succeeded');
  }
  if (record.outcome === 'rolled-back' && rollback?.status !== 'Succeeded') {
    return wrong(`its rollback is ${rollback?.status ?? 'missing'}`);
  }
  return [];
}

function descriptionOf({ name, redriveCount }: Execution): string {
  return deploymentDescription({ executionName: name, redriveCount });
}

/** An older push whose event was lost is superseded, on record; an image that has lost its tag nobody can find. */
function checkPushes(world: World, scenario: Scenario): string[] {
  const tagged = facts.imagesOf(world, scenario).filter(({ tags }) => tags.length > 0);
  return tagged.map(imageOf).flatMap((image) => {
    const known = world.executions.some((one) => imageOf(requestOf(one)) === image);
    return known ? [] : [`a push was lost: nothing was ever started for image ${image}`];
  });
}

/** With no human hand in it, the newest image runs in the end if it is good. */
function checkProduction(world: World, { pushes, fates }: Scenario): string[] {
  const newest = pushes[world.pushed - 1]?.image ?? 0;
  const runs = world.deployments[world.primary]?.image ?? 0;
  const open = world.deployments.some(({ phase, linkDue }) => phase !== 'ended' || linkDue);
  if (open) return ['a deployment never ends'];
  if (world.disturbed || fates[newest] !== 'good' || runs === newest) return [];
  return [`the newest image is not what runs: image ${runs} does, not image ${newest}`];
}
