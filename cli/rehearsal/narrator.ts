import type { JournalEntry } from '../../simulator/core/journal.ts';
import type { Painter } from '../terminal/painter.ts';

/** What a hook wrote about itself, as far as a spectator is shown. */
export interface HookVerdict {
  readonly lifecycleEvent: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly checks: readonly {
    readonly name: string;
    readonly verdict: string;
    /** Says what was expected as well; shown when that was not met. */
    readonly sentence: string;
    readonly observed: string;
  }[];
}

export interface NarratorContext {
  readonly paint: Painter;
  /** Virtual instant that the shown times count from. */
  readonly sinceMs: number;
  /** `production` or `test` for the listeners of the story. */
  readonly listenerRole: (listenerArn: string) => string | undefined;
}

/** Jumps shorter than this are not worth a line. */
const shownJumpMs = 20_000;
const topicWidth = 11;

/** The line that a journal entry is worth at the terminal, if any. Pure. */
export function narrate(entry: JournalEntry, context: NarratorContext): string | undefined {
  const { paint } = context;
  const line = (topic: string, text: string) =>
    `  ${paint.faint(elapsed(entry.atMs - context.sinceMs))}  ${topic.padEnd(topicWidth)}${text}`;
  switch (entry.kind) {
    case 'execution.started':
      return line('workflow', `started ${paint.faint(entry.name)}`);
    case 'execution.redriven':
      return line('workflow', `redriven (${entry.redriveCount})`);
    case 'execution.state-entered':
      return line('workflow', entry.state);
    case 'execution.ended':
      return line('workflow', endOf(entry.status, entry.error, paint));
    case 'deployment.created':
      return line(
        'deployment',
        `${entry.deploymentId} ${entry.creator === 'codeDeployRollback' ? 'rolls back' : 'created'}`,
      );
    case 'deployment.status':
      // Its creation has a line of its own.
      if (entry.status === 'Created') return undefined;
      return line(
        'deployment',
        `${entry.deploymentId} ${coloured(entry.status, paint)}${entry.errorCode ? ` (${entry.errorCode})` : ''}`,
      );
    case 'lifecycle.started':
      return line('lifecycle', entry.lifecycleEvent);
    case 'lifecycle.ended':
      return entry.status === 'Succeeded'
        ? undefined
        : line('lifecycle', `${entry.lifecycleEvent} ${coloured(entry.status, paint)}`);
    case 'listener.weights': {
      const role = context.listenerRole(entry.listenerArn);
      return role && line('traffic', `${role} listener: ${shares(entry.weights)}`);
    }
    case 'clock.jumped':
      return entry.byMs < shownJumpMs
        ? undefined
        : line('clock', paint.faint(`nothing in flight: skipped ${duration(entry.byMs)}`));
    default:
      return undefined;
  }
}

/** A verdict with its evidence, a hook's below its lifecycle event. Pure. */
export function narrateHook(hook: HookVerdict, paint: Painter, topic = 'hook'): string[] {
  const colour = verdictColour(hook.verdict, paint);
  const indent = ' '.repeat(9);
  return [
    `${indent}${topic.padEnd(topicWidth)}${hook.lifecycleEvent}: ${colour(hook.verdict)}`,
    ...hook.checks.map(({ name, verdict, sentence, observed }) => {
      const colour = verdictColour(verdict, paint);
      const text =
        verdict === 'pass' ? `${colour('+')} ${name}: ${observed}` : `${colour('!')} ${sentence}`;
      return `${indent}${' '.repeat(topicWidth)}${text}`;
    }),
    ...(hook.checks.length === 0 ? [`${indent}${' '.repeat(topicWidth)}${hook.sentence}`] : []),
  ];
}

/** `05:12` or `1:05:12`, hours only when there are any. */
export function elapsed(ms: number): string {
  const totalSeconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(totalSeconds / 3_600);
  const rest = `${two(Math.floor(totalSeconds / 60) % 60)}:${two(totalSeconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `45 s`, `5 min`, `2 h 10 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function shares(weights: readonly { targetGroupName: string; weight: number }[]): string {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights
    .map(({ targetGroupName, weight }) => {
      const percent = total === 0 ? 0 : Math.round((weight * 100) / total);
      return `${targetGroupName} ${percent} %`;
    })
    .join(', ');
}

function endOf(status: string, error: string | undefined, paint: Painter): string {
  return status === 'SUCCEEDED' ? paint.good(status) : paint.bad(`${status} ${error ?? ''}`.trim());
}

function coloured(status: string, paint: Painter): string {
  if (status === 'Succeeded') return paint.good(status);
  return status === 'Failed' || status === 'Stopped' ? paint.bad(status) : status;
}

function verdictColour(verdict: string, paint: Painter): (text: string) => string {
  if (verdict === 'pass') return paint.good;
  return verdict === 'inconclusive' ? paint.doubtful : paint.bad;
}
