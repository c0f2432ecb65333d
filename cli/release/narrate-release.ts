import { isNotGood, type NotGood } from '../../functions/core/preflight/finding.ts';
import { countFindings, labelOf } from '../../functions/core/preflight/render-findings.ts';
import { duration, narrateHook } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { answersInWords } from './answers-in-words.ts';
import { printablePhase, printableReport } from './printable-report.ts';
import type { ReleaseNews } from './release-news.ts';

const topicWidth = 11;
/** Ends of lifecycle events that say nothing new: a hook tells its own, and what is skipped had a cause before. */
const quiet = ['Succeeded', 'Skipped'];

/** The lines that a piece of news is worth at the terminal. Pure. */
export function narrateRelease(news: ReleaseNews, time: string, paint: Painter): string[] {
  const line = (topic: string, text: string) =>
    `  ${paint.faint(time)}  ${topic.padEnd(topicWidth)}${printable(text)}`;
  switch (news.kind) {
    case 'not-started':
      return [
        line(
          'waiting',
          'nothing was started for this image yet; a push starts it within seconds, one whose event was lost within 15 minutes',
        ),
      ];
    case 'found':
      return [
        line(
          'workflow',
          `${news.executionName}${news.earlier ? ' (over already; no newer push of this image started anything)' : ''}`,
        ),
      ];
    case 'state':
      return [line('workflow', news.name)];
    case 'redriven':
      return [line('workflow', `redriven (${news.redrives})`)];
    case 'preflight':
      return [
        line('preflight', countFindings(news.findings)),
        ...news.findings.filter(isNotGood).map((finding) => line('', notGood(finding))),
      ];
    case 'deployment':
      return [line('deployment', news.deploymentId)];
    case 'lifecycle':
      if (quiet.includes(news.status)) return [];
      return [
        line('lifecycle', `${news.name}${news.status === 'InProgress' ? '' : ` ${news.status}`}`),
      ];
    case 'hook':
      return narrateHook(printableReport(news.report), paint);
    case 'phase':
      return narrateHook(printablePhase(news.report), paint, 'checks');
    case 'answers':
      return [line('rollout', `answers by release: ${answersInWords(news.since)}`)];
    case 'connection-lost':
      return [
        line(
          'connection',
          `${paint.doubtful('lost')}, the release goes on; asking again (${news.sentence})`,
        ),
      ];
    case 'connection-back':
      return [line('connection', `${paint.good('back')} after ${duration(news.afterMs)}`)];
  }
}

function notGood(finding: NotGood): string {
  const { check, observed, remedy } = finding;
  return `${labelOf(finding)} ${check}: ${observed}. ${remedy}`;
}
