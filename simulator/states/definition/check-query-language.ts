import { invalid, oneOf, wrongType } from './check-fields.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isObject, type Language, type LocatedState } from './located-states.ts';

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
  'Variable',
];
const jsonataFields = ['Output', 'Arguments', 'Items', 'Condition'];

/**
 * Fields belong to one language each, and a JSONata machine cannot go back to JSONPath in a state: of such
 * a state AWS says nothing else about languages. What stands where is as recorded in floci-io/floci
 * pull request 2786 and its issue 2968.
 */
export function checkQueryLanguage(
  definition: unknown,
  states: readonly LocatedState[],
): Diagnostic[] {
  const machine = isObject(definition) ? definition.QueryLanguage : undefined;
  return [
    ...knownLanguage(machine, '/QueryLanguage'),
    ...states.flatMap(({ state, location, queryLanguage }) => [
      ...(machine === 'JSONata' && state.QueryLanguage === 'JSONPath'
        ? [notBack(location)]
        : foreignFields(state, location, queryLanguage)),
      ...knownLanguage(state.QueryLanguage, `${location}/QueryLanguage`),
    ]),
  ];
}

function knownLanguage(language: unknown, location: string): Diagnostic[] {
  if (language === undefined || language === 'JSONata' || language === 'JSONPath') return [];
  if (typeof language !== 'string') return [wrongType('STRING', location)];
  return [invalid(oneOf(['JSONPath', 'JSONata']), location)];
}

function notBack(location: string): Diagnostic {
  const message =
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
  return invalid(message, location);
}

function foreignFields(
  state: Readonly<Record<string, unknown>>,
  location: string,
  language: Language,
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
        invalid(
          `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${owner}' QueryLanguage`,
          at,
        ),
      );
  }
}
