import type { MethodName } from './method.ts';

export interface MethodDescription {
  readonly title: string;
  /** How its figures came about, in one sentence. */
  readonly how: string;
}

/** What stands beside the figures, so that nobody takes a replay for a rehearsal. */
export const methodDescriptions: Readonly<Record<MethodName, MethodDescription>> = {
  greengate: {
    title: 'Greengate',
    how: 'Rehearsed: push, workflow, preflight, CodeDeploy with our hooks, clients on the production listener.',
  },
  'greengate-rolling': {
    title: 'Greengate, rolling',
    how: 'Rehearsed: as Greengate and with the same checks, but rolled out by ECS, so that production meets the release before it is proven; comparisons need two listeners and are left out.',
  },
  'no-hooks': {
    title: 'CodeDeploy, no hooks',
    how: 'Rehearsed: the same service, listeners, canary and alarm in the same simulator, without Greengate.',
  },
  'one-request-hook': {
    title: 'CodeDeploy, one request',
    how: 'Rehearsed: as without hooks, and one GET / at AfterAllowTestTraffic that wants 200.',
  },
  flagger: {
    title: "Flagger's rule",
    how: 'Replayed: its thresholds (99 % success, p99 500 ms, ten checks of a minute, two may not fail) on 60 client requests a minute to one container of the release.',
  },
  argo: {
    title: "Argo's rule",
    how: 'Replayed: its failure limit (95 % success, ten measurements of a minute, three may fail) on the same requests.',
  },
};

export const methodNames: readonly MethodName[] = [
  'greengate',
  'greengate-rolling',
  'no-hooks',
  'one-request-hook',
  'flagger',
  'argo',
];

/** Those that judge what one container of the release answers, without a rehearsal. */
export const replayedMethods: readonly MethodName[] = ['flagger', 'argo'];
