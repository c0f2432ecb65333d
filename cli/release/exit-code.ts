import type { Outcome } from '../../functions/core/release.ts';
import type { Followed } from './release-news.ts';

/** What a script can tell releases apart by. */
export const releaseExitCodes = {
  deployed: 0,
  usage: 1,
  rejected: 2,
  passedOver: 3,
  undecided: 4,
  interrupted: 130,
} as const;

const codes: Readonly<Record<Outcome, number>> = {
  deployed: releaseExitCodes.deployed,
  'already-running': releaseExitCodes.deployed,
  'rolled-back': releaseExitCodes.rejected,
  refused: releaseExitCodes.rejected,
  failed: releaseExitCodes.rejected,
  superseded: releaseExitCodes.passedOver,
  ignored: releaseExitCodes.passedOver,
};

export const exitCodesHelp = `Exit codes: 0 deployed or already running, 2 rolled back, refused or failed, 3 superseded, ignored or never
started, 4 not over within --timeout, 1 usage or no access, 130 interrupted`;

export function releaseExitCode(followed: Followed): number {
  switch (followed.kind) {
    case 'ended':
      return codes[followed.end.outcome];
    case 'ignored':
    case 'never-started':
      return releaseExitCodes.passedOver;
    case 'timed-out':
      return releaseExitCodes.undecided;
  }
}
