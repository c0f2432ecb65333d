import type { OpenRehearsal } from '../cli/rehearsal/open-rehearsal.ts';
import { rehearse } from '../cli/rehearsal/rehearsal.ts';
import { createPainter } from '../cli/terminal/painter.ts';
import type { Config } from '../functions/core/config/schema.ts';

export interface DeploymentMeasurement {
  readonly release: string;
  readonly outcome: string;
  readonly stateTransitions: number;
  readonly apiCalls: number;
  readonly lambdaMs: number;
}

export interface RehearsalMeasurement {
  readonly ok: boolean;
  readonly wallSeconds: number;
  readonly virtualSeconds: number;
  readonly phases: readonly { readonly name: string; readonly wallSeconds: number }[];
  readonly deployments: readonly DeploymentMeasurement[];
}

/** What deployments cost and how long a rehearsal takes, from one quiet rehearsal. */
export async function measureRehearsal(config: Config): Promise<RehearsalMeasurement> {
  let opened: OpenRehearsal | undefined;
  try {
    const report = await rehearse(
      { config, print: () => {}, paint: createPainter(false) },
      (open) => {
        opened = open;
      },
    );
    return {
      ok: report.ok,
      wallSeconds: report.wallSeconds,
      virtualSeconds: report.virtualSeconds,
      phases: report.phases,
      deployments: report.releases.map((release) => ({
        release: release.tag,
        outcome: release.redrives > 0 ? `${release.outcome}, redriven` : release.outcome,
        stateTransitions: release.stateTransitions,
        apiCalls: release.apiCalls,
        lambdaMs: release.lambdaMs,
      })),
    };
  } finally {
    await opened?.stop();
  }
}
