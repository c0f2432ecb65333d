import type { ParallelState } from '../../definition/workflow.ts';
import { Branch } from '../branch.ts';
import { dataText } from '../data-limit.ts';
import type { Outcome } from '../outcome.ts';
import { runBranch } from '../run-branch.ts';
import { runChildren } from '../run-children.ts';
import type { Visit } from '../visit.ts';
import { workInput } from '../work-input.ts';

/** Runs every branch with the same input; the result lists their outputs in order. */
export async function runParallel(visit: Visit<ParallelState>): Promise<Outcome> {
  const { state, run, track, scope } = visit;
  const unfinished = visit.resumed ? visit.branch.children : undefined;
  const branches = unfinished ?? (await freshBranches(visit));
  if (!unfinished) track.append(scope, 'ParallelStateStarted');
  visit.branch.children = branches;
  const result = await runChildren(visit, {
    count: branches.length,
    concurrency: branches.length,
    run: (index, line) => runBranch(run, branches[index] as Branch, line),
  });
  track.appendAside(scope, 'ParallelStateSucceeded');
  return { output: result, next: state.Next, data: { result }, transform: state };
}

async function freshBranches(visit: Visit<ParallelState>): Promise<Branch[]> {
  const { state, branch } = visit;
  const input = await workInput(visit);
  dataText(`The input of the branches of '${visit.name}'`, input);
  return state.Branches.map((workflow) => {
    const fresh = new Branch(workflow, {
      outer: branch.variables,
      ...(branch.mapItem && { mapItem: branch.mapItem }),
    });
    fresh.input = { value: input };
    return fresh;
  });
}
