import type {
  DeleteLayerVersionCommandInput,
  DeleteLayerVersionCommandOutput,
  GetLayerVersionByArnCommandInput,
  GetLayerVersionByArnCommandOutput,
  GetLayerVersionCommandInput,
  GetLayerVersionCommandOutput,
  LayerVersionsListItem,
  ListLayersCommandInput,
  ListLayersCommandOutput,
  ListLayerVersionsCommandInput,
  ListLayerVersionsCommandOutput,
  PublishLayerVersionCommandInput,
  PublishLayerVersionCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LayerVersion } from './layer-store.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';

/** Layers of this account; their permissions for other accounts are not modelled. */
export function layerOperations(model: LambdaModel, world: World): Record<string, WireOperation> {
  const { layers } = model;
  const detail = (layer: LayerVersion): Omit<GetLayerVersionCommandOutput, '$metadata'> => {
    const { CreatedDate, ...shape } = itemShape(layer);
    return {
      ...shape,
      ...(CreatedDate && { CreatedDate }),
      LayerArn: layer.layerArn,
      Content: {
        Location: `${world.endpoint()}/snapshots/${layer.layerName}-${layer.version}`,
        CodeSha256: layer.codeSha256,
        CodeSize: layer.codeSize,
      },
    };
  };
  return {
    PublishLayerVersion: operation<
      PublishLayerVersionCommandInput,
      PublishLayerVersionCommandOutput
    >(
      [
        'LayerName',
        'Description',
        'Content',
        'CompatibleRuntimes',
        'CompatibleArchitectures',
        'LicenseInfo',
      ],
      async ({ LayerName = '', Content = {}, ...input }) => {
        const name = LayerName.split(':')[6] ?? LayerName;
        if (!/^[\w-]{1,140}$/.test(name)) {
          throw new AwsError(
            'ValidationException',
            `1 validation error detected: Value '${LayerName}' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+`,
            { status: 400 },
          );
        }
        const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = Content;
        const source = ZipFile
          ? { zip: ZipFile as Uint8Array }
          : S3Bucket && S3Key
            ? { s3: { bucket: S3Bucket, key: S3Key, versionId: S3ObjectVersion || undefined } }
            : {};
        const layer = await model.code.install(
          source,
          { operation: 'PublishLayerVersion' },
          ({ codeDirectory, ...code }) =>
            layers.publish(name, {
              ...code,
              directory: codeDirectory,
              description: input.Description ?? '',
              compatibleRuntimes: input.CompatibleRuntimes ?? [],
              compatibleArchitectures: input.CompatibleArchitectures ?? [],
              license: input.LicenseInfo,
            }),
        );
        return detail(layer);
      },
    ),

    GetLayerVersion: operation<GetLayerVersionCommandInput, GetLayerVersionCommandOutput>(
      ['LayerName', 'VersionNumber'],
      ({ LayerName = '', VersionNumber = 0 }) => detail(layers.get(LayerName, VersionNumber)),
    ),

    GetLayerVersionByArn: operation<
      GetLayerVersionByArnCommandInput,
      GetLayerVersionByArnCommandOutput
    >(['Arn'], ({ Arn = '' }) => {
      const [name = '', version] = Arn.split(':').slice(6);
      return detail(layers.get(name, Number(version)));
    }),

    ListLayerVersions: operation<ListLayerVersionsCommandInput, ListLayerVersionsCommandOutput>(
      ['LayerName', 'CompatibleRuntime', 'CompatibleArchitecture', 'Marker', 'MaxItems'],
      ({ LayerName = '', Marker, MaxItems, ...wanted }) => {
        const fitting = layers.versions(LayerName).filter((layer) => fits(layer, wanted));
        const { items, next } = page(fitting.map(itemShape), Marker, MaxItems);
        return { LayerVersions: items, ...(next && { NextMarker: next }) };
      },
    ),

    ListLayers: operation<ListLayersCommandInput, ListLayersCommandOutput>(
      ['CompatibleRuntime', 'CompatibleArchitecture', 'Marker', 'MaxItems'],
      ({ Marker, MaxItems, ...wanted }) => {
        const all = layers
          .latest()
          .filter((layer) => fits(layer, wanted))
          .map((layer) => ({
            LayerName: layer.layerName,
            LayerArn: layer.layerArn,
            LatestMatchingVersion: itemShape(layer),
          }));
        const { items, next } = page(all, Marker, MaxItems);
        return { Layers: items, ...(next && { NextMarker: next }) };
      },
    ),

    DeleteLayerVersion: operation<DeleteLayerVersionCommandInput, DeleteLayerVersionCommandOutput>(
      ['LayerName', 'VersionNumber'],
      async ({ LayerName = '', VersionNumber = 0 }) => {
        layers.delete(LayerName, VersionNumber);
        await model.discardCode();
        return {};
      },
    ),
  };
}

function fits(
  layer: LayerVersion,
  wanted: { CompatibleRuntime?: string | undefined; CompatibleArchitecture?: string | undefined },
): boolean {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = wanted;
  return (
    (!runtime || layer.compatibleRuntimes.includes(runtime)) &&
    (!architecture || layer.compatibleArchitectures.includes(architecture))
  );
}

function itemShape(layer: LayerVersion): LayerVersionsListItem {
  return {
    LayerVersionArn: layer.arn,
    Version: layer.version,
    Description: layer.description,
    CreatedDate: new Date(layer.createdMs).toISOString().replace('Z', '+0000'),
    CompatibleRuntimes: layer.compatibleRuntimes as LayerVersionsListItem['CompatibleRuntimes'],
    CompatibleArchitectures:
      layer.compatibleArchitectures as LayerVersionsListItem['CompatibleArchitectures'],
    ...(layer.license !== undefined && { LicenseInfo: layer.license }),
  } as LayerVersionsListItem;
}
