import type { World } from '../../core/world.ts';
import type { Execution } from '../executions/execution.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { JsonPathLanguage } from '../query/jsonpath/json-path-language.ts';
import type { QueryLanguage } from '../query/query-language.ts';
import type { TaskTokens } from '../task-tokens.ts';

/** What interpreting one execution needs from around it. */
export interface Run {
  readonly world: World;
  readonly execution: Execution;
  readonly query: QueryLanguage;
  readonly paths: JsonPathLanguage;
  readonly tokens: TaskTokens;
  readonly integrations: Pick<Integrations, 'find'>;
  /** Called before each state is entered; throws Dropped when the execution is to end here. */
  beforeTransition(): void;
}
