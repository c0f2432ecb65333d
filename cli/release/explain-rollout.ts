import { narrateHook } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { answersInWords } from './answers-in-words.ts';
import { checkLines, fact } from './explanation-lines.ts';
import { printablePhase } from './printable-report.ts';
import type { ReadRollout } from './read-rollout.ts';

/** What the checks of a rolling update found, who answered, what tasks died of, and the way back. Pure. */
export function explainRollout(rollout: ReadRollout, paint: Painter): string[] {
  const { phases, answers, record } = rollout;
  const { stoppedTasks = [], notJudged = [], back } = record ?? {};
  return [
    '',
    ...phases.flatMap((report) => narrateHook(printablePhase(report), paint, 'checks')),
    '',
    fact('answers', `before the rollout: ${answersInWords(answers.before)}`),
    fact('', `since then: ${answersInWords(answers.since)}`),
    ...notJudged.map((name) => fact('not judged', `${name}: needs two listeners`)),
    ...stoppedTasks.map((line, index) => fact(index === 0 ? 'tasks' : '', line)),
    ...(back === undefined
      ? []
      : [
          '',
          fact(
            'way back',
            back.rollout === undefined
              ? `by ECS, ${record?.rollout.status}`
              : `${record?.rollbackDeploymentId ?? ''} ${back.rollout.status}`,
          ),
          ...checkLines(back.checks, paint),
        ]),
  ];
}
