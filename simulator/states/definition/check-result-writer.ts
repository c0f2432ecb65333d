import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

const writer = /^arn:aws[a-z-]*:states:::s3:putObject$/;
const choices: Readonly<Record<string, readonly string[]>> = {
  Transformation: ['NONE', 'COMPACT', 'FLATTEN'],
  OutputType: ['JSON', 'JSONL'],
};

/** What becomes of a distributed Map's results; one of Resource and WriterConfig at least (ResultWriter page). */
export function checkResultWriter({ state, location, queryLanguage }: LocatedState): Diagnostic[] {
  const { ResultWriter: given } = state;
  if (given === undefined) return [];
  const at = `${location}/ResultWriter`;
  if (!isObject(given) || (given.Resource === undefined && given.WriterConfig === undefined)) {
    return [invalid('ResultWriter needs WriterConfig, or Resource with its parameters', at)];
  }
  const foreign = queryLanguage === 'JSONata' ? 'Parameters' : 'Arguments';
  const config = isObject(given.WriterConfig) ? given.WriterConfig : {};
  return [
    ...(given.Resource === undefined || writer.test(String(given.Resource))
      ? []
      : [
          invalid(
            'The Resource of a ResultWriter must be arn:aws:states:::s3:putObject',
            `${at}/Resource`,
          ),
        ]),
    ...(foreign in given
      ? [invalid(`'${foreign}' is not supported with ${queryLanguage}`, `${at}/${foreign}`)]
      : []),
    ...Object.entries(choices).flatMap(([field, values]) =>
      config[field] === undefined || values.includes(String(config[field]))
        ? []
        : [invalid(`${field} must be one of ${values.join(', ')}`, `${at}/WriterConfig/${field}`)],
    ),
  ];
}

function invalid(message: string, location: string): Diagnostic {
  return problem('SCHEMA_VALIDATION_FAILED', message, location);
}
