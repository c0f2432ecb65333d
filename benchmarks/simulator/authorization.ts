import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import { exitCodes, runCommand } from '../../cli/terminal/run-command.ts';
import type { IamModel } from '../../simulator/iam/model.ts';
import { sessionPrincipal } from '../../simulator/iam/principal.ts';
import type { ActionRequest } from '../../simulator/iam/role-access.ts';
import type { Role } from '../../simulator/iam/role-directory.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { median } from '../median.ts';
import { renderTable } from '../table.ts';

const decisionsPerRound = 20_000;

/** Median microseconds of one decision over the rounds; the first round only warms up. */
function measure(iam: IamModel, requests: readonly ActionRequest[], rounds: number): number {
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const startedMs = performance.now();
    for (let at = 0; at < decisionsPerRound; at++) {
      iam.access.denialOf(requests[at % requests.length] as ActionRequest);
    }
    samples.push(((performance.now() - startedMs) * 1_000) / decisionsPerRound);
  }
  return median(samples.slice(1));
}

/** What each statement of a role's policies allows: its first action on its first resource. */
function allowedRequests(iam: IamModel, role: Role): ActionRequest[] {
  const principal = sessionPrincipal(role, 'measured');
  return iam.policiesOf(role).flatMap(({ document }) =>
    document.Statement.flatMap(({ Effect, Action = [], Resource = [], Condition }) => {
      const [action] = Action;
      const [resource] = Resource;
      if (Effect !== 'Allow' || Condition || !action || !resource) return [];
      const filled = (pattern: string) => pattern.replaceAll('*', 'x').replaceAll('?', 'x');
      return [{ principal, action: filled(action), resource: filled(resource), keys: {} }];
    }),
  );
}

function deniedRequests(roles: readonly Role[]): ActionRequest[] {
  return roles.map((role) => ({
    principal: sessionPrincipal(role, 'measured'),
    action: 'kms:Decrypt',
    resource: 'arn:aws:kms:us-east-1:123456789012:key/none',
    keys: {},
  }));
}

const command = new Command('bench:authorization')
  .description('Measure how long the simulator takes to decide by policies')
  .option('--assembly <directory>', 'cloud assembly whose roles are asked for', 'cdk.out')
  .option('--rounds <number>', `rounds of ${decisionsPerRound} decisions`, '7')
  .action((options: { assembly: string; rounds: string }) =>
    runCommand(async () => {
      if (!existsSync(options.assembly))
        throw new Error(`No cloud assembly in ${options.assembly}`);
      const simulator = await createSimulator();
      try {
        await simulator.deployAssembly(options.assembly);
        const { iam } = simulator.models;
        const roles = iam.roles();
        const allowed = roles.flatMap((role) => allowedRequests(iam, role));
        const rounds = Math.max(1, Number(options.rounds) || 7);
        const microseconds = (value: number) => `${value.toFixed(2)} µs`;
        process.stdout.write(
          `${renderTable([
            ['measure', 'value'],
            ['roles', String(roles.length)],
            ['an action that is allowed', microseconds(measure(iam, allowed, rounds))],
            [
              'one that no policy allows',
              microseconds(measure(iam, deniedRequests(roles), rounds)),
            ],
          ])}\n`,
        );
        return exitCodes.ok;
      } finally {
        await simulator.stop();
      }
    }),
  );

await command.parseAsync();
