import { type Diagnostic, problem } from './diagnostic.ts';
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
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
];
const jsonataFields = ['Arguments', 'Output', 'Items', 'Condition'];

/** Fields belong to one language each; a JSONata machine cannot go back to JSONPath in a state. */
export function checkQueryLanguage(
  definition: unknown,
  states: readonly LocatedState[],
): Diagnostic[] {
  const machine = isObject(definition) ? definition.QueryLanguage : undefined;
  return [
    ...knownLanguage(machine, '/QueryLanguage'),
    ...states.flatMap(({ state, location, queryLanguage }) => [
      ...knownLanguage(state.QueryLanguage, `${location}/QueryLanguage`),
      ...(machine === 'JSONata' && state.QueryLanguage === 'JSONPath' ? [notBack(location)] : []),
      ...foreignFields(state, location, queryLanguage),
    ]),
  ];
}

function knownLanguage(language: unknown, location: string): Diagnostic[] {
  if (language === undefined || language === 'JSONata' || language === 'JSONPath') return [];
  const message = `QueryLanguage must be JSONata or JSONPath, not ${JSON.stringify(language)}`;
  return [problem('SCHEMA_VALIDATION_FAILED', message, location)];
}

function notBack(location: string): Diagnostic {
  return problem(
    'SCHEMA_VALIDATION_FAILED',
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    location,
  );
}

function foreignFields(
  state: Readonly<Record<string, unknown>>,
  location: string,
  language: unknown,
): Diagnostic[] {
  const [foreign, owner] =
    language === 'JSONata' ? [jsonPathFields, 'JSONPath'] : [jsonataFields, 'JSONata'];
  const nested = ['Choices', 'Catch'].flatMap((field) => {
    const entries = state[field];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, index) =>
      isObject(entry) ? fieldsIn(entry, `${location}/${field}[${index}]`) : [],
    );
  });
  return [...fieldsIn(state, location), ...nested];

  function fieldsIn(holder: object, at: string): Diagnostic[] {
    return foreign
      .filter((field) => field in holder)
      .map((field) =>
        problem(
          'SCHEMA_VALIDATION_FAILED',
          `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${owner}' QueryLanguage`,
          `${at}/${field}`,
        ),
      );
  }
}
