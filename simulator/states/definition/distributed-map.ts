import { isObject } from './located-states.ts';

/** Whether a state of unchecked JSON is a Map whose iterations are executions of their own. */
export function isDistributedMap(state: Readonly<Record<string, unknown>>): boolean {
  return state.Type === 'Map' && processorMode(state) === 'DISTRIBUTED';
}

/** `Mode` of a Map's ProcessorConfig, whatever it is. */
export function processorMode(state: Readonly<Record<string, unknown>>): unknown {
  return processorConfig(state).Mode;
}

export function processorConfig(
  state: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const processor = isObject(state.ItemProcessor) ? state.ItemProcessor : {};
  return isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
}
