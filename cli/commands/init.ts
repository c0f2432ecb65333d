import { Command } from 'commander';
import type { Given, Mode } from '../init/answers.ts';
import { type Ask, collectAnswers } from '../init/collect-answers.ts';
import { type ProjectFile, projectFiles } from '../init/project-files.ts';
import { installCommand } from '../init/templates/readme.ts';
import { type WrittenProject, writeProject } from '../init/write-project.ts';
import { optionWithChoices } from '../terminal/option-with-choices.ts';
import { questioner, UnansweredError } from '../terminal/questioner.ts';
import { exitCodes, runCommand, UsageError } from '../terminal/run-command.ts';

interface Flags extends Given {
  readonly new?: boolean;
  readonly adopt?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const initCommand = new Command('init')
  .description('Write a CDK app and greengate.yaml for a new environment or an existing service')
  .argument('[folder]', 'where to', 'greengate')
  .option('--new', 'make everything: network, load balancer, service, image repository')
  .option('--adopt', 'put Greengate beside a service that exists, which stays as it is')
  .option('--service <name>', 'the ECS service, and how greengate.yaml calls it')
  .option('--repository <name>', 'ECR repository; default with --new as the service')
  .option('--tags <patterns>', 'which tags are released, with commas in between; default v*')
  .addOption(
    optionWithChoices('--strategy <name>', 'default codedeploy, which is blue/green', [
      'codedeploy',
      'ecs-rolling',
    ]),
  )
  .option('--health-path <path>', 'answers 200 when healthy; default /health')
  .option('--container-port <port>', 'with --new; default 8080')
  .option('--cluster <name>', 'with --adopt: the ECS cluster')
  .option('--container <name>', 'with --adopt: the container whose image is replaced')
  .option('--application <name>', 'with --adopt and codedeploy: the CodeDeploy application')
  .option('--deployment-group <name>', 'with --adopt and codedeploy: its deployment group')
  .option('--dry-run', 'say what would be written, write nothing')
  .option('--json', 'print what was written as JSON')
  .addHelpText(
    'after',
    `
Asks no AWS account: it only writes files, and none of them over another. Where a file is in the way it writes nothing and
says which; of package.json and .gitignore that exist it prints what belongs into them. On a terminal it asks for what
the options leave open.

  greengate init
  greengate init --new --service shop --repository team/shop
  greengate init deploy --adopt --service shop --repository team/shop --cluster production --container app \\
    --application shop --deployment-group shop
  greengate init --adopt --strategy ecs-rolling --service api --repository team/api --cluster production --container app

Exit codes: 0 written, 1 usage, or a file in the way, 130 interrupted, and nothing written`,
  )
  .action((folder: string, flags: Flags) => runCommand(() => init(folder, flags)));

async function init(folder: string, flags: Flags): Promise<number> {
  const terminal =
    process.stdin.isTTY && process.stdout.isTTY && !flags.json
      ? questioner({ input: process.stdin, output: process.stdout })
      : undefined;
  try {
    const ask: Ask | undefined = terminal && ((question) => terminal.ask(question));
    const mode = await modeOf(flags, ask);
    const files = projectFiles(await collectAnswers(mode, flags, ask));
    const dryRun = flags.dryRun === true;
    const project = writeProject(folder, files, { dryRun });
    const output = flags.json
      ? asJson(folder, mode, dryRun, project)
      : asText(folder, dryRun, project);
    process.stdout.write(`${output}\n`);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
    process.stderr.write('\nNothing was written\n');
    return exitCodes.interrupted;
  } finally {
    terminal?.close();
  }
}

async function modeOf(flags: Flags, ask: Ask | undefined): Promise<Mode> {
  if (flags.new && flags.adopt) {
    throw new UsageError('--new and --adopt exclude each other; choose one');
  }
  if (flags.new) return 'new';
  if (flags.adopt) return 'adopt';
  if (ask === undefined) {
    throw new UsageError(
      'greengate init needs --new, for a new environment, or --adopt, for a service that exists',
    );
  }
  let question = 'A new environment, or adopt a service that exists? new or adopt [new]: ';
  for (;;) {
    const typed = (await ask(question)).trim() || 'new';
    if (typed === 'new' || typed === 'adopt') return typed;
    question = `"${typed}" is neither; new or adopt [new]: `;
  }
}

function asText(folder: string, dryRun: boolean, { written, toAdd }: WrittenProject): string {
  return [
    `${dryRun ? 'Would write' : 'Wrote'} in ${folder}:`,
    ...written.map((path) => `  ${path}`),
    ...toAdd.flatMap(addition),
    ...(dryRun
      ? []
      : [
          '',
          'Next, with the tarball that npm pack makes in a checkout of Greengate, which is on no registry yet:',
          `  cd ${folder}`,
          `  ${installCommand}`,
          '  npm run validate',
          'README.md has the rest.',
        ]),
  ].join('\n');
}

function addition({ path, text }: ProjectFile): string[] {
  return ['', `${path} is left as it is. Add to it:`, '', text.trimEnd()];
}

function asJson(folder: string, mode: Mode, dryRun: boolean, { written, toAdd }: WrittenProject) {
  const additions = Object.fromEntries(toAdd.map(({ path, text }) => [path, text]));
  return JSON.stringify({ folder, mode, dryRun, written, toAdd: additions }, undefined, 2);
}
