import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseYaml } from '../cloudformation/parse-yaml.ts';
import { cfnJson } from '../cloudformation/property-schemas.ts';
import type { ResourceContext } from '../cloudformation/resource-provider.ts';
import { AwsError } from '../core/aws-error.ts';

/** Where a template keeps the definition of a state machine; exactly one of three. */
export const definitionProperties = {
  DefinitionString: z.string().optional(),
  Definition: cfnJson.optional(),
  DefinitionS3Location: z
    .strictObject({
      Bucket: z.string(),
      Key: z.string(),
      Version: z.undefined({ error: 'not modelled: objects are read as they are' }).optional(),
    })
    .optional(),
};

interface S3Location {
  readonly Bucket: string;
  readonly Key: string;
}

export interface DefinitionSource {
  readonly DefinitionString?: string | undefined;
  readonly Definition?: Readonly<Record<string, unknown>> | undefined;
  readonly DefinitionS3Location?: S3Location | undefined;
}

export function isOneSource(source: DefinitionSource): boolean {
  const { DefinitionString, Definition, DefinitionS3Location } = source;
  const given = [DefinitionString, Definition, DefinitionS3Location];
  return given.filter((one) => one !== undefined).length === 1;
}

/** The definition as JSON text; an object in S3 may be YAML, and is read as who works on the stack. Throws AwsError. */
export function definitionText(source: DefinitionSource, context: ResourceContext): string {
  const { DefinitionString, Definition, DefinitionS3Location: location } = source;
  if (location === undefined) return DefinitionString ?? JSON.stringify(Definition);
  const text = objectText(location, context);
  return /\.ya?ml$/i.test(location.Key) ? JSON.stringify(parseYaml(text)) : text;
}

function objectText({ Bucket, Key }: S3Location, context: ResourceContext): string {
  context.authorize?.('s3', 'GetObject', { Bucket, Key });
  const { assets, services } = context.world;
  const asset = assets.find(Bucket, Key);
  if (asset !== undefined) return readFileSync(asset, 'utf8');
  const body = services.s3.getObject(Bucket, Key);
  if (body === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
  return Buffer.from(body).toString('utf8');
}
