import { csvDelimiters } from '../map-runs/csv.ts';
import { type Diagnostic, problem, unmodelled } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

const readers = /^arn:aws[a-z-]*:states:::s3:(getObject|listObjectsV2)$/;
const inputTypes = ['CSV', 'JSON', 'JSONL'];
/** AWS reads them, the simulator does not. */
const unmodelledTypes = ['MANIFEST', 'PARQUET'];

/** Where a distributed Map reads its items (ItemReader page). */
export function checkItemReader({ state, location, queryLanguage }: LocatedState): Diagnostic[] {
  const { ItemReader: reader } = state;
  if (reader === undefined) return [];
  const at = `${location}/ItemReader`;
  if (!isObject(reader)) return [invalid('ItemReader must be an object', at)];
  const [, action] = readers.exec(String(reader.Resource)) ?? [];
  if (action === undefined) {
    return [
      invalid(
        'The Resource of an ItemReader must be arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2',
        `${at}/Resource`,
      ),
    ];
  }
  const foreign = queryLanguage === 'JSONata' ? 'Parameters' : 'Arguments';
  const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const reads = action === 'getObject' || config.Transformation === 'LOAD_AND_FLATTEN';
  return [
    ...(foreign in reader
      ? [invalid(`'${foreign}' is not supported with ${queryLanguage}`, `${at}/${foreign}`)]
      : []),
    ...(reads ? checkFormat(config, `${at}/ReaderConfig`) : []),
  ];
}

function checkFormat(config: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const { InputType: type, CSVHeaderLocation: header, CSVDelimiter = 'COMMA' } = config;
  if (unmodelledTypes.includes(String(type))) {
    return [unmodelled(`InputType ${type} of an ItemReader`, `${at}/InputType`)];
  }
  if (!inputTypes.includes(String(type))) {
    const known = [...inputTypes, ...unmodelledTypes].join(', ');
    return [invalid(`InputType must be one of ${known}`, `${at}/InputType`)];
  }
  if (type !== 'CSV') return [];
  const given = Array.isArray(config.CSVHeaders) && config.CSVHeaders.length > 0;
  return [
    ...(header === 'FIRST_ROW' || header === 'GIVEN'
      ? []
      : [invalid('CSVHeaderLocation must be FIRST_ROW or GIVEN', `${at}/CSVHeaderLocation`)]),
    ...(header === 'GIVEN' && !given
      ? [invalid('CSVHeaders are required when CSVHeaderLocation is GIVEN', `${at}/CSVHeaders`)]
      : []),
    ...(Object.hasOwn(csvDelimiters, String(CSVDelimiter))
      ? []
      : [
          invalid(
            `CSVDelimiter must be one of ${Object.keys(csvDelimiters).join(', ')}`,
            `${at}/CSVDelimiter`,
          ),
        ]),
  ];
}

function invalid(message: string, location: string): Diagnostic {
  return problem('SCHEMA_VALIDATION_FAILED', message, location);
}
