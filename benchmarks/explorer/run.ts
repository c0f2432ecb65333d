import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Exploration, explore } from './explore.ts';
import { renderCounterexample, renderExploration } from './render.ts';
import { bugScenarios, largeScenarios } from './scenarios.ts';
import { type SeededBug, seededBugs } from './seeded-bugs.ts';

interface Options {
  readonly scenario?: string;
  readonly maxStates: string;
  readonly bug?: string;
  readonly slowFunctions?: boolean;
  readonly json?: string;
}

const program = new Command('explore')
  .description('explores every order of events, faults and calls that a scenario allows')
  .option('--scenario <text>', 'only scenarios whose name contains the text')
  .option('--max-states <n>', 'stop a scenario after so many states', '2000000')
  .option('--bug <name>', `seed a bug: ${Object.keys(seededBugs).join(', ')}`)
  .option('--slow-functions', 'drop the assumption that a function ends before a replacement runs')
  .option('--json <file>', 'write what was found');

async function run({ scenario, maxStates, bug, slowFunctions, json }: Options): Promise<void> {
  if (bug !== undefined && !Object.hasOwn(seededBugs, bug)) {
    program.error(`No bug "${bug}", expected one of: ${Object.keys(seededBugs).join(', ')}`);
  }
  const limit = Number(maxStates);
  if (!Number.isInteger(limit) || limit < 1) {
    program.error(`--max-states ${maxStates}, expected a whole number above 0`);
  }
  const seeded = bug as SeededBug | undefined;
  const all = seeded === undefined ? largeScenarios : [bugScenarios[seeded]];
  const chosen = all.filter(({ name }) => name.includes(scenario ?? ''));
  if (chosen.length === 0) {
    const names = all.map(({ name }) => name).join('; ');
    program.error(`No scenario contains "${scenario}", expected one of: ${names}`);
  }
  const found: Exploration[] = [];
  for (const one of chosen) {
    const exploration = await explore(one, {
      maxStates: limit,
      ...(seeded && { lens: seededBugs[seeded] }),
      ...(slowFunctions && { slowFunctions }),
      onProgress: (states, frontier, depth) =>
        process.stderr.write(`${one.name}: ${states} states, ${frontier} new at depth ${depth}\n`),
    });
    found.push(exploration);
    process.stdout.write(`${renderExploration(exploration)}\n`);
    const { counterexample } = exploration;
    if (counterexample !== undefined) {
      process.stdout.write(`${renderCounterexample(counterexample)}\n`);
      process.exitCode = 1;
    }
  }
  const states = found.reduce((sum, exploration) => sum + exploration.states, 0);
  process.stdout.write(`${states} states in ${found.length} scenarios\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(found, undefined, 2)}\n`);
}

await program.parseAsync();
await run(program.opts<Options>());
