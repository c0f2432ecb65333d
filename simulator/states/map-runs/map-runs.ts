import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { isDistributedMap } from '../definition/distributed-map.ts';
import { locatedStates } from '../definition/located-states.ts';
import type { MapState } from '../definition/workflow.ts';
import type { Execution } from '../executions/execution.ts';
import type { StateMachine } from '../machines/state-machine.ts';
import { MapRun, type MapRunLimits } from './map-run.ts';

/** All Map Runs by ARN, and the labels of Map states that were given none. */
export class MapRuns {
  readonly #world: World;
  readonly #byArn = new Map<string, MapRun>();
  readonly #labels = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  create(execution: Execution, name: string, state: MapState, limits: MapRunLimits): MapRun {
    const { identity, ids, clock } = this.#world;
    const machine = this.#processor(execution.machine, name, state);
    const run = new MapRun({
      arn: arn(identity, 'states', `mapRun:${machine.name}:${ids.uuid()}`),
      executionArn: execution.arn,
      machine,
      startMs: clock.now(),
      limits,
    });
    this.#byArn.set(run.arn, run);
    return run;
  }

  get(mapRunArn: string): MapRun {
    if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:mapRun:[^:/]+(\/[^:]+)+:[^:]+$/.test(mapRunArn)) {
      throw new AwsError('InvalidArn', `Invalid Arn: '${mapRunArn}'`);
    }
    const run = this.#byArn.get(mapRunArn);
    if (run) return run;
    throw new AwsError('ResourceNotFound', `Resource not found: '${mapRunArn}'`, {
      members: { resourceName: mapRunArn },
    });
  }

  /** Newest first, like executions. */
  ofExecution(executionArn: string): MapRun[] {
    return [...this.#byArn.values()].reverse().filter((run) => run.executionArn === executionArn);
  }

  /** Whether a Map state of the machine has this label, given or made up. */
  hasLabel({ arn: machineArn, workflow }: StateMachine, label: string): boolean {
    return locatedStates(workflow).some(
      ({ name, state }) =>
        isDistributedMap(state) &&
        (state.Label ?? this.#generatedLabel(machineArn, name)) === label,
    );
  }

  /** The ItemProcessor as the machine that child executions are executions of. */
  #processor(parent: StateMachine, name: string, state: MapState): StateMachine {
    const workflow = state.ItemProcessor;
    if (!workflow) throw new Error(`The distributed Map ${name} has no ItemProcessor`);
    const label = state.Label ?? this.#generatedLabel(parent.arn, name);
    const { QueryLanguage } = parent.workflow;
    return {
      ...parent,
      arn: `${parent.arn}/${label}`,
      name: `${parent.name}/${label}`,
      type: workflow.ProcessorConfig?.ExecutionType ?? 'STANDARD',
      workflow: { ...workflow, ...(QueryLanguage !== undefined && { QueryLanguage }) },
    };
  }

  /** AWS makes one up for each state, a UUID in the results that public repositories quote. */
  #generatedLabel(machineArn: string, name: string): string {
    const key = `${machineArn} ${name}`;
    const known = this.#labels.get(key) ?? this.#world.ids.uuid();
    this.#labels.set(key, known);
    return known;
  }
}
