import { Command } from 'commander';
import { ecrClient, ecrImageRegistry } from '../../functions/adapters/ecr-image-registry.ts';
import { ecsClient, ecsServices } from '../../functions/adapters/ecs-services.ts';
import { lineSwitchClient, ssmLineSwitch } from '../../functions/adapters/ssm-line-switch.ts';
import { deploymentRecordKeys } from '../../functions/core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../../functions/core/deployment/parse-deployment-record.ts';
import { parseRolloutRecord } from '../../functions/core/rolling/parse-rollout-record.ts';
import { readConfig } from '../../infra/read-config.ts';
import { configuredService } from '../account/configured-service.ts';
import { explainAccess } from '../account/explain-access.ts';
import { type PastRelease, pastReleases } from '../release/past-releases.ts';
import type { ReleaseAccount } from '../release/release-account.ts';
import { renderStatus } from '../release/render-status.ts';
import { serviceStatus } from '../release/service-status.ts';
import { createPainter, wantsColour } from '../terminal/painter.ts';
import { exitCodes, runCommand } from '../terminal/run-command.ts';
import { type AccountFlags, accountOf, wallClock, withAccountOptions } from './account-options.ts';

interface Flags extends AccountFlags {
  readonly service?: string;
  readonly config: string;
  readonly json?: boolean;
}

/** As many as may pass before the last of a quiet service is out of sight. */
const lookedAt = 50;
const ninetyDaysMs = 90 * 24 * 3_600_000;

export const statusCommand = withAccountOptions(
  new Command('status')
    .description(
      'Show what runs, what is being released, how the last release ended, what holds the next',
    )
    .option('--service <name>', 'only one service of the configuration')
    .option(
      '--config <file>',
      'configuration file',
      process.env.GREENGATE_CONFIG ?? 'greengate.yaml',
    )
    .option('--json', 'print a JSON array for machines'),
)
  .addHelpText(
    'after',
    `
  greengate status
  greengate status --service shop --json

Exit codes: 0 shown, whatever there is to see, 1 usage or no access`,
  )
  .action((flags: Flags) => runCommand(() => status(flags)));

async function status(flags: Flags): Promise<number> {
  const config = readConfig(flags.config);
  const wanted =
    flags.service === undefined
      ? config.services
      : [configuredService(flags.service, flags.config)];
  try {
    const account = await accountOf(flags);
    const nowMs = wallClock.now();
    const filter = { service: flags.service, limit: lookedAt, sinceMs: nowMs - ninetyDaysMs };
    const releases = await pastReleases(account, filter);
    const deps = {
      config,
      services: ecsServices(ecsClient()),
      images: ecrImageRegistry(ecrClient()),
      line: ssmLineSwitch(lineSwitchClient()),
      nowMs,
      platformDigestOf: (release: PastRelease) => platformDigestOf(release, account),
    };
    const all = await Promise.all(wanted.map((service) => serviceStatus(service, releases, deps)));
    const paint = createPainter(wantsColour(process.stdout, process.env));
    const text = flags.json
      ? JSON.stringify(all, undefined, 2)
      : all.flatMap((one) => renderStatus(one, nowMs, paint)).join('\n');
    process.stdout.write(`${text}\n`);
    return exitCodes.ok;
  } catch (error) {
    throw explainAccess(error) ?? error;
  }
}

async function platformDigestOf({ end }: PastRelease, account: ReleaseAccount) {
  if (end?.deploymentId === undefined) return undefined;
  const record = await account.record(deploymentRecordKeys.record(end.deploymentId));
  return (parseDeploymentRecord(record) ?? parseRolloutRecord(record))?.release.platformDigest;
}
