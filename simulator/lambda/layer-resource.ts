import { type ResourceProvider, resource } from '../cloudformation/resource-provider.ts';
import { layerVersionProperties } from './function-properties.ts';
import type { LambdaModel } from './model.ts';

/** AWS::Lambda::LayerVersion: every change makes another version. */
export function layerResource(model: LambdaModel): ResourceProvider {
  return resource(
    layerVersionProperties,
    async (properties, context) => {
      const { S3Bucket, S3Key } = properties.Content;
      const source = { s3: { bucket: S3Bucket, key: S3Key } };
      const layerName = properties.LayerName ?? context.generatedName(140);
      const layer = await model.code.install(
        source,
        { operation: 'PublishLayerVersion' },
        ({ codeDirectory, ...code }) =>
          model.layers.publish(layerName, {
            ...code,
            directory: codeDirectory,
            description: properties.Description ?? '',
            compatibleRuntimes: properties.CompatibleRuntimes ?? [],
            compatibleArchitectures: properties.CompatibleArchitectures ?? [],
            license: properties.LicenseInfo,
          }),
      );
      return { physicalId: layer.arn, attributes: { LayerVersionArn: layer.arn } };
    },
    {
      replacedBy: 'all',
      async delete({ physicalId }) {
        const layer = model.layers.byArn(physicalId);
        if (layer) model.layers.delete(layer.layerName, layer.version);
        await model.discardCode();
      },
    },
  );
}
