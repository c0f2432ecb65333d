import { UsageError } from '../terminal/run-command.ts';
import {
  type Answers,
  answersOf,
  type Given,
  type Mode,
  mistakeIn,
  type Question,
  questionsOf,
} from './answers.ts';

/** Asks a person; resolves with what was typed, which may be empty. */
export type Ask = (question: string) => Promise<string>;

/**
 * Takes options and asks for what they leave open; without anybody to ask it throws UsageError that names every option
 * that is missing, as it does for an option that is wrong or means nothing here.
 */
export async function collectAnswers(
  mode: Mode,
  options: Given,
  ask: Ask | undefined,
): Promise<Answers> {
  const questions = questionsOf(mode);
  const given: { -readonly [key in keyof Given]: Given[key] } = {};
  const missing: string[] = [];
  for (const question of questions) {
    const { key, flag, fallback, applies } = question;
    if (!applies(given)) continue;
    const option = options[key];
    if (option !== undefined) {
      const mistake = mistakeIn(question, option);
      if (mistake !== undefined) throw new UsageError(`${flag} ${mistake}, got "${option}"`);
      given[key] = option;
    } else if (ask !== undefined) {
      given[key] = await askUntilRight(question, fallback?.(given), ask);
    } else if (fallback !== undefined) {
      given[key] = fallback(given);
      // What follows from another answer need not be right: ECR has no capital letters where ECS has.
      if (mistakeIn(question, fallback(given)) !== undefined) missing.push(flag);
    } else missing.push(flag);
  }
  if (missing.length > 0) {
    throw new UsageError(
      `greengate init --${mode} needs ${missing.join(', ')}; on a terminal it asks for what is missing`,
    );
  }
  refuseIdle(mode, options, given);
  return answersOf(mode, given);
}

/** An option that this mode or strategy has no use for was meant to do something. */
function refuseIdle(mode: Mode, options: Given, given: Given): void {
  const all = [...questionsOf('new'), ...questionsOf('adopt')];
  const idle = all.find(({ key }) => options[key] !== undefined && given[key] === undefined);
  if (idle === undefined) return;
  throw new UsageError(
    `${idle.flag} means nothing with --${mode} and strategy ${given.strategy}; leave it out`,
  );
}

async function askUntilRight(
  asked: Question,
  fallback: string | undefined,
  ask: Ask,
): Promise<string> {
  let question = `${asked.text}${fallback === undefined ? '' : ` [${fallback}]`}: `;
  for (;;) {
    const typed = (await ask(question)).trim() || (fallback ?? '');
    const mistake = mistakeIn(asked, typed);
    if (mistake === undefined) return typed;
    question = `"${typed}" ${mistake}. ${asked.text}: `;
  }
}
