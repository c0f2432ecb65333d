import type { Workflow } from '../definition/workflow.ts';
import type { MapRun } from '../map-runs/map-run.ts';
import { Variables } from './variables.ts';

/** The state that a line of states is in. */
export interface Position {
  readonly state: string;
  readonly input: unknown;
  readonly enteredEventId: number;
  readonly enteredAtMs: number;
}

export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/**
 * How far one line of states has come: the execution itself, a Parallel branch or a Map iteration. It
 * outlives a failed attempt, so that a redrive repeats only what did not succeed (aws-facts 5.5).
 */
export class Branch {
  readonly workflow: Workflow;
  readonly variables: Variables;
  readonly mapItem: MapItem | undefined;
  /** Unset for a Map iteration whose ItemSelector was not evaluated yet. */
  input: { readonly value: unknown } | undefined;
  position: Position | undefined;
  /** Of the Parallel or inline Map state that `position` names. */
  children: Branch[] | undefined;
  /** Of the distributed Map state that `position` names. */
  mapRun: MapRun | undefined;
  output: { readonly value: unknown } | undefined;

  constructor(workflow: Workflow, origin: { outer?: Variables; mapItem?: MapItem } = {}) {
    this.workflow = workflow;
    this.variables = new Variables(origin.outer);
    this.mapItem = origin.mapItem;
  }
}
