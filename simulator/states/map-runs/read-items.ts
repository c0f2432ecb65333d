import type { ItemReader, MapState, ReaderConfig } from '../definition/workflow.ts';
import { effectiveInput, evaluateTemplate, pathData } from '../interpreter/path-fields.ts';
import type { Visit } from '../interpreter/visit.ts';
import { type DatasetItem, datasetItems, jsonItems } from './dataset.ts';
import { limitField } from './limit-field.ts';
import { callProblem, itemReaderFailed } from './map-run-failure.ts';

/** An item with where it comes from, as `$states.context.Map.Item.Source` says (context object page). */
export interface SourcedItem extends DatasetItem {
  readonly source: string;
}

interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
}

/** The array or object in the state's own data. */
export function stateItems(data: unknown): SourcedItem[] {
  return jsonItems(data).map((item) => ({ ...item, source: 'STATE_DATA' }));
}

/** What ItemReader names in S3, read with the machine's role; throws States.ItemReaderFailed. */
export async function readItems(
  visit: Visit<MapState>,
  reader: ItemReader,
): Promise<SourcedItem[]> {
  const config = reader.ReaderConfig ?? {};
  const most = await limitField(visit, config, 'MaxItems', 'ItemReader/ReaderConfig');
  const parameters = await readerArguments(visit, reader);
  const items = reader.Resource.endsWith(':listObjectsV2')
    ? await listed(visit, parameters, config, most)
    : await read(visit, parameters as ObjectAddress, config);
  return most === undefined || most === 0 ? items : items.slice(0, most);
}

async function readerArguments(visit: Visit<MapState>, reader: ItemReader): Promise<object> {
  if (!visit.usesJsonPath) {
    return (await visit.evaluate(reader.Arguments ?? {}, 'ItemReader/Arguments')) as object;
  }
  const data = pathData(visit, effectiveInput(visit));
  return evaluateTemplate(visit, reader.Parameters ?? {}, data) as object;
}

async function read(
  visit: Visit<MapState>,
  address: ObjectAddress,
  config: ReaderConfig,
): Promise<SourcedItem[]> {
  const { Body = '' } = await ask(visit, 'GetObject', address);
  const source = `S3://${address.Bucket}/${address.Key}`;
  return datasetItems(String(Body), config).map((item) => ({ ...item, source }));
}

/** Objects below a prefix: themselves as items or, loaded and flattened, what is in them. */
async function listed(
  visit: Visit<MapState>,
  parameters: object,
  config: ReaderConfig,
  most = 0,
): Promise<SourcedItem[]> {
  const { Bucket } = parameters as { Bucket: string };
  const flatten = config.Transformation === 'LOAD_AND_FLATTEN';
  const items: SourcedItem[] = [];
  let ContinuationToken: unknown;
  do {
    const page = await ask(visit, 'ListObjectsV2', {
      ...parameters,
      ...(ContinuationToken !== undefined && { ContinuationToken }),
    });
    for (const object of (page.Contents ?? []) as Readonly<Record<string, unknown>>[]) {
      if (flatten) items.push(...(await read(visit, { Bucket, Key: String(object.Key) }, config)));
      else items.push({ value: listedObject(object), source: `S3://${Bucket}` });
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined && (most === 0 || items.length < most));
  return items;
}

/** As the ItemReader page shows the items: `Etag`, and seconds since the epoch. */
function listedObject({ ETag, Key, LastModified, Size, StorageClass }: Record<string, unknown>) {
  const lastModifiedSeconds = Math.floor(Date.parse(String(LastModified)) / 1_000);
  return { Etag: ETag, Key, LastModified: lastModifiedSeconds, Size, StorageClass };
}

async function ask(
  { run, scope }: Visit<MapState>,
  operation: string,
  parameters: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { roleArn } = run.execution.machine;
  try {
    const answer = await run.calls.call({ service: 's3', operation, parameters, roleArn });
    return answer.output;
  } catch (error) {
    throw itemReaderFailed(callProblem(error));
  } finally {
    scope.throwIfDropped();
  }
}
