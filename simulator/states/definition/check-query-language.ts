import { type Diagnostic, problem, unmodelled } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

const jsonPathFields = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ErrorPath',
  'CausePath',
];

/** Only JSONata runs: a JSONPath machine is refused at the field that makes it one. */
export function checkQueryLanguage(
  definition: unknown,
  states: readonly LocatedState[],
): Diagnostic[] {
  const machine = isObject(definition) ? definition.QueryLanguage : undefined;
  const jsonPath = states.filter(({ queryLanguage }) => queryLanguage !== 'JSONata');
  const allByDefault = jsonPath.every(({ state }) => state.QueryLanguage === undefined);
  if (jsonPath.length > 0 && allByDefault && machine !== 'JSONata') {
    const language = machine === undefined ? 'JSONPath, the default' : JSON.stringify(machine);
    return [unmodelled(`QueryLanguage is ${language}; need "JSONata"`, '/QueryLanguage')];
  }
  return states.flatMap(({ state, location, queryLanguage }) =>
    queryLanguage === 'JSONata'
      ? jsonPathFields
          .filter((field) => field in state)
          .map((field) =>
            problem(
              'SCHEMA_VALIDATION_FAILED',
              `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`,
              `${location}/${field}`,
            ),
          )
      : [
          unmodelled(
            `QueryLanguage is ${JSON.stringify(queryLanguage)}; need "JSONata"`,
            `${location}/QueryLanguage`,
          ),
        ],
  );
}
