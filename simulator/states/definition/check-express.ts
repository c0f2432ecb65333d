import { parseResource } from '../integrations/resource.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isDistributedMap } from './distributed-map.ts';
import type { LocatedState } from './located-states.ts';

/** Express workflows wait for nobody (recorded AWS answers). */
export function checkExpress({ state, location }: LocatedState): Diagnostic[] {
  if (isDistributedMap(state)) {
    const message = 'Express state machine does not support DISTRIBUTED Map states';
    const at = `${location}/ItemProcessor/ProcessorConfig/Mode`;
    return [problem('SCHEMA_VALIDATION_FAILED', message, at)];
  }
  if (state.Type !== 'Task' || typeof state.Resource !== 'string') return [];
  const resource = parseResource(state.Resource);
  const refuse = (what: string) => [
    problem(
      'SCHEMA_VALIDATION_FAILED',
      `Express state machine does not support ${what}`,
      `${location}/Resource`,
    ),
  ];
  if (resource?.kind === 'activity') return refuse('Activity ARN');
  if (!resource || resource.kind === 'function' || resource.pattern === 'request') return [];
  const suffix = resource.pattern === 'callback' ? 'waitForTaskToken' : 'sync';
  return refuse(`'.${suffix}' service integration `);
}
