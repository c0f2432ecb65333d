import { Command } from 'commander';
import { ecrClient, ecrImageRegistry } from '../functions/adapters/ecr-image-registry.ts';
import { livePreflightPorts } from '../functions/adapters/live-preflight-ports.ts';
import { preflightChecks } from '../functions/core/preflight/check-catalogue.ts';
import { refusals } from '../functions/core/preflight/finding.ts';
import { preflightFacts } from '../functions/core/preflight/preflight-facts.ts';
import {
  countFindings,
  type FindingLabel,
  renderFindings,
} from '../functions/core/preflight/render-findings.ts';
import { runPreflight } from '../functions/core/preflight/run-preflight.ts';
import { hookNamePrefix } from '../infra/names.ts';
import { configuredService } from './account/configured-service.ts';
import { asUsage, checkAccess, pointAtAccount } from './preflight/aws-access.ts';
import { chooseImage } from './preflight/choose-image.ts';
import { showProgress } from './preflight/show-progress.ts';
import { createPainter, wantsColour } from './terminal/painter.ts';
import { runAsScript } from './terminal/run-as-script.ts';
import { exitCodes, runCommand } from './terminal/run-command.ts';

interface Options {
  readonly service: string;
  readonly image?: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly config: string;
  readonly json?: boolean;
}

// The SDK announces, on every start, that it will want Node.js 22 in January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

export const preflightCommand = new Command('preflight')
  .description(
    'Ask, before anything is deployed, everything that would make the deployment fail; nothing is changed',
  )
  .requiredOption('--service <name>', 'service of the configuration')
  .option('--image <tag or digest>', 'default: the newest image whose tag the service takes')
  .option('--endpoint <url>', 'a simulator instead of AWS; default AWS_ENDPOINT_URL')
  .option('--region <name>', 'default AWS_REGION or that of the profile')
  .option('--config <file>', 'configuration file', process.env.GREENGATE_CONFIG ?? 'greengate.yaml')
  .option('--json', 'print the report as JSON for machines')
  .addHelpText(
    'after',
    `
It asks with your credentials, as the workflow's Preflight state does with its role, and only reads; of secrets
it asks whether they are there, never what is in them. Each check answers OK, SKIP (and why) or NG, with what was
expected, what was observed and how to mend it. WARN is an NG that preflight.warnOnly lets pass. All checks and
their remedies: docs/reference/preflight.md

  greengate preflight --service shop
  greengate preflight --service shop --image v42
  greengate preflight --service shop --endpoint http://127.0.0.1:4566   (a simulator)

In a checkout: npm run preflight -- --service shop

Exit codes: 0 nothing stands in the way, 1 usage or no access, 2 at least one NG`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage))
  .action((options: Options) => runCommand(() => main(options)));

async function main(options: Options): Promise<number> {
  const service = configuredService(options.service, options.config);
  pointAtAccount(options, process.env);
  const { region } = await checkAccess();
  const access = new AbortController();
  const { repository } = service.image;
  const images = ecrImageRegistry(ecrClient(), access.signal);
  const { tag, digest } = await asUsage(() => chooseImage(images, service.image, options.image));
  const image = `${repository}${tag === undefined ? '' : `:${tag}`}@${digest}`;
  const ports = livePreflightPorts({ signal: access.signal, hookNamePrefix });
  const facts = preflightFacts({ service, repository, tag, digest }, ports);
  const progress = showProgress(
    preflightChecks.map(({ id }) => id),
    process.stderr,
  );
  const report = await runPreflight(preflightChecks, facts, service.preflight, {
    clock: ports.clock,
    timeout: (ms) => AbortSignal.timeout(ms),
    answered: progress.answered,
  }).finally(progress.end);
  // What did not answer in time must not keep the command from ending.
  access.abort();
  const passed = refusals(report).length === 0;
  if (options.json) {
    const { name } = service;
    const document = { service: name, repository, tag, digest, region, passed, ...report };
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  } else {
    print(`Preflight of service ${service.name} with ${image} in ${region}`, report);
  }
  return passed ? exitCodes.ok : exitCodes.failed;
}

function print(title: string, { findings, durationMs }: Awaited<ReturnType<typeof runPreflight>>) {
  const painter = createPainter(wantsColour(process.stdout, process.env));
  const colours: Record<FindingLabel, (text: string) => string> = {
    OK: painter.good,
    SKIP: painter.faint,
    WARN: painter.doubtful,
    NG: painter.bad,
  };
  const lines = [
    title,
    '',
    ...renderFindings(findings, (label, text) => colours[label](text), process.stdout.columns),
    '',
    `${countFindings(findings)} in ${(durationMs / 1_000).toFixed(1)} s`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

await runAsScript(import.meta.url, preflightCommand);
