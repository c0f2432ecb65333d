import { type Judgement, judgePlayed, type PlayedRelease } from './played-release.ts';

export interface MethodTotals extends Readonly<Record<Judgement, number>> {
  /** Production requests that bad releases served, caught or not. */
  readonly requestsServedByBad: number;
}

/** The side-by-side figures of one method. */
export function totalsOf(played: readonly PlayedRelease[]): MethodTotals {
  const count = (judgement: Judgement) =>
    played.filter((release) => judgePlayed(release) === judgement).length;
  return {
    caught: count('caught'),
    missed: count('missed'),
    'let through': count('let through'),
    'falsely rolled back': count('falsely rolled back'),
    'not judged': count('not judged'),
    requestsServedByBad: played
      .filter(({ kind }) => kind === 'bad')
      .reduce((sum, release) => sum + release.productionRequestsServed, 0),
  };
}
