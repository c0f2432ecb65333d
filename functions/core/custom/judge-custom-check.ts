import { brokenCheck, type CheckResult, type Evidence } from '../checks/check-result.ts';
import type { CustomCheckConfig } from '../config/schema.ts';
import type { Mask } from '../probe/mask.ts';
import type { CheckAnswer, CustomCheckResult } from './custom-check.ts';
import { parseCustomCheckResult } from './custom-check-result.ts';

/** What became of a check's function. */
export type CustomCheckEnding =
  | { readonly how: 'returned'; readonly value: unknown }
  | { readonly how: 'threw'; readonly error: unknown }
  /** It went on after its own time. */
  | { readonly how: 'timeout' }
  /** The hook's time ended first. */
  | { readonly how: 'hook' };

/** How many answers a check got, and the last one: all their bodies would not fit into a function's memory. */
export interface ReceivedAnswers {
  readonly count: number;
  readonly last: CheckAnswer | undefined;
}

/** Characters of the last answer's body that are kept. */
const maxBodyCharacters = 300;
/** Characters of a text that a check returns or throws; a report is read by people. */
const maxTextCharacters = 2_000;
/** Headers that tell who answered and what; others may carry cookies or tokens. */
const keptHeaders = ['content-type', 'content-length', 'server', 'retry-after', 'location'];

/**
 * The verdict of a user's own check. A throw, a malformed result and a check that did not end are errors and not
 * inconclusive: `allowInconclusive` is for what the check said, never for what it did not say (P5).
 */
export function judgeCustomCheck(
  check: Pick<CustomCheckConfig, 'name' | 'file' | 'timeoutMs'>,
  ending: CustomCheckEnding,
  answers: ReceivedAnswers,
  mask: Mask,
): CheckResult {
  const name = check.name ?? check.file;
  const broken = (message: string): CheckResult => ({
    ...brokenCheck(name, 'custom', message),
    samples: answers.count,
    evidence: lastAnswer(answers, mask),
  });
  switch (ending.how) {
    case 'threw':
      return broken(`the check threw ${brief(described(ending.error), mask)}`);
    case 'timeout':
      return broken(
        `the check did not end within its ${check.timeoutMs} ms, after ${answers.count} answers`,
      );
    case 'hook':
      return broken('the time of the hook ended before the check did');
    case 'returned': {
      const parsed = parseCustomCheckResult(ending.value, mask);
      return parsed.ok
        ? resultOf(name, parsed.result, answers, mask)
        : broken(`the check returned no result: ${parsed.problems.join('; ')}`);
    }
  }
}

function resultOf(
  name: string,
  { verdict, evidence = {}, ...texts }: CustomCheckResult,
  answers: ReceivedAnswers,
  mask: Mask,
): CheckResult {
  const expected = brief(texts.expected, mask);
  const observed = brief(texts.observed, mask);
  const sentence = texts.sentence === undefined ? undefined : brief(texts.sentence, mask);
  const said = sentence?.replace(/\.$/, '') ?? `expected ${expected}, got ${observed}`;
  return {
    name,
    type: 'custom',
    verdict,
    sentence: `${name}: ${said}`,
    expected,
    observed,
    samples: answers.count,
    evidence: [
      ...Object.entries(evidence).map(
        ([subject, value]): Evidence => ({
          kind: 'state',
          subject,
          state: brief(String(value), mask),
        }),
      ),
      ...(verdict === 'pass' ? [] : lastAnswer(answers, mask)),
    ],
  };
}

/** Masked before it is cut: half a secret is no secret that a mask could find. */
function lastAnswer(answers: ReceivedAnswers, mask: Mask): Evidence[] {
  const answer = answers.last;
  if (answer === undefined) return [];
  if (answer.kind === 'no-response') return [answer];
  const headers = Object.entries(answer.headers).filter(([name]) => keptHeaders.includes(name));
  return [
    {
      kind: 'response',
      status: answer.status,
      headers: Object.fromEntries(headers),
      body: mask(answer.body).slice(0, maxBodyCharacters),
      durationMs: answer.durationMs,
      missed: [],
    },
  ];
}

function brief(text: string, mask: Mask): string {
  const masked = mask(text);
  return masked.length <= maxTextCharacters ? masked : `${masked.slice(0, maxTextCharacters)}…`;
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return `"${String(error)}"`;
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}
