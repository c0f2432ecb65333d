import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import type { Outcome } from '../../functions/core/release.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import type { World } from '../../simulator/core/world.ts';
import type { Attempt, Evidence } from './report.ts';

interface ExecutionEnd {
  readonly executionArn: string;
  readonly name: string;
}

/** A whole rehearsal takes seconds; after minutes of real time in which nothing happened nothing will. */
const defaultPatienceMs = 180_000;
/** On a busy machine a release takes longer while things happen, but not for ever. */
const mostPatiences = 5;

/** Something that should have happened did not: a sentence instead of a rehearsal that hangs. */
export class RehearsalStalledError extends Error {
  override readonly name = 'RehearsalStalledError';

  constructor(awaited: string, waitedMs: number, heldBy: readonly string[]) {
    const held =
      heldBy.length === 0 ? 'nothing holds the clock' : `in flight: ${heldBy.join(', ')}`;
    super(
      `The rehearsal stalled: no ${awaited} within ${waitedMs / 1_000} s of real time, ${held}`,
    );
  }
}

/** Follows releases through the journal and the records that the functions wrote. */
export class ReleaseWatcher {
  readonly #world: World;
  readonly #recordsBucket: string;
  readonly #patienceMs: number;

  constructor(world: World, recordsBucket: string, patienceMs = defaultPatienceMs) {
    this.#patienceMs = patienceMs;
    this.#world = world;
    this.#recordsBucket = recordsBucket;
  }

  /** Resolves with the first entry after `fromSeq` that `matches`; looks back first, then waits. */
  async entry<K extends JournalEntry['kind']>(
    kind: K,
    fromSeq: number,
    matches: (entry: Extract<JournalEntry, { kind: K }>) => boolean,
  ): Promise<Extract<JournalEntry, { kind: K }>> {
    const { journal } = this.#world;
    type Wanted = Extract<JournalEntry, { kind: K }>;
    const isWanted = (entry: JournalEntry): entry is Wanted =>
      entry.kind === kind && entry.seq >= fromSeq && matches(entry as Wanted);
    const found = journal.entries.find(isWanted);
    if (found) return found as Wanted;
    return new Promise((resolve, reject) => {
      const giveUp = (waitedMs: number) => {
        end();
        reject(new RehearsalStalledError(kind, waitedMs, this.#world.clock.heldBy()));
      };
      const giveUpAfter = (ms: number) => setTimeout(giveUp, ms, ms);
      const atLast = giveUpAfter(this.#patienceMs * mostPatiences);
      const quiet = giveUpAfter(this.#patienceMs);
      const unsubscribe = journal.subscribe((entry) => {
        quiet.refresh();
        if (!isWanted(entry)) return;
        end();
        resolve(entry);
      });
      const end = () => {
        clearTimeout(quiet);
        clearTimeout(atLast);
        unsubscribe();
      };
    });
  }

  /** The execution that a push of this digest started. */
  async execution(fromSeq: number, digest: string): Promise<ExecutionEnd> {
    const { executionArn, name } = await this.entry(
      'execution.started',
      fromSeq,
      (entry) => field(entry.input, 'digest') === digest,
    );
    return { executionArn, name };
  }

  /** Waits for the execution's end and tells how the attempt went. */
  async attempt(
    executionArn: string,
    fromSeq: number,
  ): Promise<Omit<Attempt, 'productionRequests'>> {
    const end = await this.entry(
      'execution.ended',
      fromSeq,
      (entry) => entry.executionArn === executionArn,
    );
    const story = end.output ?? parseJson(end.cause);
    const deploymentId =
      textField(story, 'deploymentId') ?? this.#deploymentOnRecord(executionArn) ?? null;
    return {
      outcome: outcomeOf(story, end.error),
      reason: reasonOf(story) ?? end.cause ?? end.status,
      deploymentId,
      rollbackDeploymentId: textField(story, 'rollbackDeploymentId') ?? null,
      evidence: deploymentId ? this.#evidence(deploymentId) : [],
    };
  }

  /** A JSON record, undefined when there is none. */
  record(key: string): unknown {
    const body = this.#world.services.s3.getObject(this.#recordsBucket, key);
    return body && parseJson(Buffer.from(body).toString('utf8'));
  }

  /** A rolling update fails by an error, which has no room for an id. */
  #deploymentOnRecord(executionArn: string): string | undefined {
    const started = this.#world.journal
      .of('execution.started')
      .find((entry) => entry.executionArn === executionArn);
    const [eventId, service] = ['eventId', 'service'].map((name) =>
      textField(started?.input, name),
    );
    if (eventId === undefined || service === undefined) return undefined;
    return textField(this.record(pushRecordKeys.outcome(eventId, service)), 'deploymentId');
  }

  #evidence(deploymentId: string): Evidence[] {
    const hooks = hookLifecycleEvents.map((lifecycleEvent) => ({
      lifecycleEvent: lifecycleEvent as string,
      report: this.record(`deployments/${deploymentId}/hooks/${lifecycleEvent}.json`),
    }));
    const phases = field(this.record(`deployments/${deploymentId}/record.json`), 'phases');
    const rollout = (Array.isArray(phases) ? phases : []).map((report: unknown) => ({
      lifecycleEvent: `rollout-${textField(report, 'phase')}`,
      report,
    }));
    return [...hooks, ...rollout].flatMap(({ lifecycleEvent, report }) => {
      const checks = field(report, 'checks');
      if (!Array.isArray(checks)) return [];
      return checks.map((check: unknown) => ({
        lifecycleEvent,
        check: textField(check, 'name') ?? '',
        verdict: textField(check, 'verdict') ?? '',
        sentence: textField(check, 'sentence') ?? '',
        expected: textField(check, 'expected') ?? '',
        observed: textField(check, 'observed') ?? '',
        samples: Number(field(check, 'samples') ?? 0),
      }));
    });
  }
}

/** Outputs have a reason, answers to the token a sentence, and errors that a function threw a message. */
function reasonOf(story: unknown): string | undefined {
  return ['reason', 'sentence', 'errorMessage'].flatMap((name) => textField(story, name) ?? [])[0];
}

function outcomeOf(story: unknown, error: string | undefined): Outcome {
  const told = textField(story, 'outcome');
  if (told) return told as Outcome;
  if (error === 'DeploymentRolledBack') return 'rolled-back';
  return error === 'PreflightRefused' ? 'refused' : 'failed';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
