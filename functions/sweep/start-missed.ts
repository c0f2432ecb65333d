import type { ServiceConfig } from '../core/config/schema.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { DescribedExecution, ListedExecution } from '../core/ports/executions.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import type { Workflow } from '../core/ports/workflow.ts';
import type { ReleaseRequest } from '../core/release.ts';
import { findMissedImage } from '../core/sweep/find-missed-image.ts';
import { findMissedMoves, type MissedMoves } from '../core/sweep/find-missed-move.ts';
import { findPassedOver } from '../core/sweep/find-passed-over.ts';
import { firstLookSinceMs } from '../core/sweep/first-look.ts';
import { followTags, matchingTags } from '../core/sweep/follow-tags.ts';
import { type KnownExecution, knownExecution, mayBeOf } from '../core/sweep/known-execution.ts';
import { parseSweepMemory, type SweepMemory, sweepMemoryKey } from '../core/sweep/sweep-memory.ts';
import { executionName as nameOf } from '../core/workflow/execution-name.ts';
import {
  type IgnoredEventRecord,
  pushRecordKeys,
  type ReceivedPushRecord,
} from '../core/workflow/push-record.ts';
import { chosenByHandSince } from './chosen-by-hand.ts';

export interface StartMissedDeps {
  readonly images: Pick<ImageRegistry, 'listTaggedImages'>;
  readonly workflow: Pick<Workflow, 'startExecution'>;
  readonly records: Pick<Records, 'read' | 'write'>;
  readonly describe: (executionArn: string) => Promise<DescribedExecution>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What is known before any service is looked at. */
export interface SweepScope {
  /** Executions of the last days. */
  readonly executions: readonly ListedExecution[];
  readonly workflowSinceMs: number;
  /** How far back pushes are looked for. */
  readonly lookBackMs: number;
  /** A push event that is not here after this long will not come. */
  readonly graceMs: number;
}

/** A memory that says nothing new is written again after so long: it bounds when a tag can have moved. */
const rememberEveryMs = 3_600_000;

/**
 * Starts what pushes asked for whose events never came: the newest image that nothing was started for, and a tag that
 * was moved back to an earlier one. Returns the names of the executions.
 */
export async function startMissed(
  service: ServiceConfig,
  { executions, workflowSinceMs, lookBackMs, graceMs }: SweepScope,
  deps: StartMissedDeps,
): Promise<string[]> {
  const nowMs = deps.clock.now();
  const found = await remembered(service, deps);
  const memory = found === 'of-other-tags' ? undefined : found;
  const sinceMs =
    found === 'of-other-tags'
      ? nowMs
      : (memory?.sinceMs ?? firstLookSinceMs(service.name, executions, workflowSinceMs, nowMs));
  const tagged = await deps.images.listTaggedImages(service.image.repository);
  const window = {
    sinceMs: Math.max(sinceMs, workflowSinceMs, nowMs - lookBackMs),
    untilMs: nowMs - graceMs,
  };
  const names = executions.map((execution) => execution.executionName);
  const newest = findMissedImage(service, tagged, names, window);
  const missed = (await isChosenByHandSince(newest, executions, deps)) ? undefined : newest;

  const now = matchingTags(service, tagged);
  const known =
    memory === undefined ? [] : await describeSince(earliest(memory), service, executions, deps);
  const seen = followTags(now, memory, known, nowMs);
  const moves = findMissedMoves(service, now, seen, { known, listed: executions }, window.untilMs);
  const passedOver = findPassedOver(service, tagged, names, window);
  const requests = [missed, moves.start, ...passedOver].filter((request) => request !== undefined);
  const started: string[] = [];
  for (const request of requests) started.push(...(await start(request, deps)));
  await keepOvertaken(moves, deps);
  await remember(service, memory, { ...scopeOf(service), sinceMs, tags: moves.tags }, nowMs, deps);
  return started;
}

/** Whoever chose a release by hand after the push of the newest image did not want that one. */
async function isChosenByHandSince(
  newest: ReleaseRequest | undefined,
  executions: readonly ListedExecution[],
  deps: Pick<StartMissedDeps, 'describe' | 'log'>,
): Promise<boolean> {
  if (newest === undefined) return false;
  const sinceMs = Date.parse(newest.pushedAt);
  const chosenBy = await chosenByHandSince(sinceMs, newest.service, executions, deps);
  if (chosenBy === undefined) return false;
  deps.log.info('missed push left alone', { ...newest, chosenBy });
  return true;
}

/** What happened before the last sweep matters only to tags that moved before it. */
function earliest({ sweptAtMs, tags }: SweepMemory): number {
  const moves = Object.values(tags).map(({ moved }) => moved?.notBeforeMs ?? sweptAtMs);
  return Math.min(sweptAtMs, ...moves);
}

async function describeSince(
  sinceMs: number,
  { name }: ServiceConfig,
  executions: readonly ListedExecution[],
  { describe }: StartMissedDeps,
): Promise<KnownExecution[]> {
  const found: KnownExecution[] = [];
  for (const { executionArn, executionName, startedAtMs } of executions) {
    if (startedAtMs < sinceMs || !mayBeOf(name, executionName)) continue;
    const known = knownExecution(name, await describe(executionArn));
    if (known !== undefined) found.push(known);
  }
  return found;
}

async function start(
  request: ReleaseRequest,
  { workflow, records, log }: StartMissedDeps,
): Promise<string[]> {
  const name = nameOf(request);
  const { service, repository, tag, digest, pushedAt, eventId } = request;
  const executions = [{ service, executionName: name }];
  const received: ReceivedPushRecord = { repository, tag, digest, pushedAt, executions };
  await records.write(pushRecordKeys.received(eventId), received).catch((error: unknown) => {
    log.error('record not written', { eventId, error });
  });
  const result = await workflow.startExecution({ name, input: request });
  log.warn('missed push started', { ...request, executionName: name, result });
  return result === 'started' ? [name] : [];
}

/** A push ends in an outcome, also one that comes to nothing (promise P1). */
async function keepOvertaken(
  { overtaken }: Pick<MissedMoves, 'overtaken'>,
  { records, clock, log }: StartMissedDeps,
): Promise<void> {
  for (const { request, reason } of overtaken) {
    const { eventId } = request;
    const recordedAt = new Date(clock.now()).toISOString();
    const record: IgnoredEventRecord = {
      outcome: 'ignored',
      reason,
      eventId,
      recordedAt,
      event: request,
    };
    log.warn('missed push not started', { ...request, reason });
    await records.write(pushRecordKeys.ignored(eventId), record).catch((error: unknown) => {
      log.error('record not written', { eventId, error });
    });
  }
}

/** Without the bucket this is a first look again: nothing is started that a moved tag alone would tell of (D2). */
async function remembered(
  service: ServiceConfig,
  { records, log }: StartMissedDeps,
): Promise<ReturnType<typeof parseSweepMemory>> {
  const key = sweepMemoryKey(service.name);
  try {
    return parseSweepMemory(await records.read(key), service);
  } catch (error) {
    log.warn('record unreadable', { key, error });
    return undefined;
  }
}

function scopeOf({ image }: ServiceConfig): Pick<SweepMemory, 'repository' | 'patterns'> {
  return { repository: image.repository, patterns: image.tags };
}

async function remember(
  { name }: ServiceConfig,
  before: SweepMemory | undefined,
  now: Omit<SweepMemory, 'sweptAtMs'>,
  nowMs: number,
  { records, log }: StartMissedDeps,
): Promise<void> {
  const same = before !== undefined && JSON.stringify(before.tags) === JSON.stringify(now.tags);
  if (same && nowMs - before.sweptAtMs < rememberEveryMs) return;
  const key = sweepMemoryKey(name);
  await records.write(key, { ...now, sweptAtMs: nowMs }).catch((error: unknown) => {
    log.error('record not written', { key, error });
  });
}
