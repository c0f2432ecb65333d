import type { World } from '../../core/world.ts';
import type { Execution } from '../executions/execution.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { ServiceCalls } from '../integrations/sdk/service-calls.ts';
import type { ChildExecutions } from '../map-runs/child-executions.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import type { JsonPathLanguage } from '../query/jsonpath/json-path-language.ts';
import type { QueryLanguage } from '../query/query-language.ts';
import type { TaskTokens } from '../task-tokens.ts';
import type { Trial } from '../test-state/trial.ts';

/** What interpreting one execution needs from around it. */
export interface Run {
  readonly world: World;
  readonly execution: Execution;
  readonly query: QueryLanguage;
  readonly paths: JsonPathLanguage;
  readonly tokens: TaskTokens;
  readonly integrations: Pick<Integrations, 'find'>;
  /** To other services, as the machine's role. */
  readonly calls: Pick<ServiceCalls, 'call'>;
  readonly mapRuns: MapRuns;
  readonly children: ChildExecutions;
  /** TestState looks on. */
  readonly trial?: Trial;
  /** Called before each state is entered; throws Dropped when the execution is to end here. */
  beforeTransition(): void;
}
