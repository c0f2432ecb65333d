import type {
  CreateFunctionCommandInput,
  CreateFunctionCommandOutput,
  DeleteFunctionCommandInput,
  DeleteFunctionCommandOutput,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionCodeCommandOutput,
  UpdateFunctionConfigurationCommandInput,
  UpdateFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkFunction } from './check-function.ts';
import type { CodeSource } from './code-store.ts';
import { changeFunction, defineFunction } from './define-function.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { parseFunctionName, parseNewFunctionName } from './function-name.ts';
import { ofInput, requestMembers } from './function-request.ts';
import { functionConfiguration, isSettling } from './function-shapes.ts';
import { checkRevision, deleteVersion, publishVersion } from './function-versions.ts';
import type { LambdaModel } from './model.ts';
import { unzippedLimitBytes } from './unpack-zip.ts';

/** CreateFunction, its updates and its deletion. */
export function functionOperations(
  model: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  const settling = (by: 'creation' | 'update') => ({
    settling: { by, untilMs: world.clock.now() + world.settings.functionUpdateMs },
  });
  const layers = (arns: readonly string[]) => model.layers.attach(arns);

  const requireSettled = ({ definition }: { definition: FunctionDefinition }) => {
    const nowMs = world.clock.now();
    const text = 'The operation cannot be performed at this time.';
    if (isSettling(definition, 'creation', nowMs)) {
      throw conflict(`${text} The function is currently in the following state: Pending`);
    }
    if (isSettling(definition, 'update', nowMs)) {
      throw conflict(`${text} An update is in progress for resource: ${definition.arn}`);
    }
  };

  /** The published version when one is asked for, else `$LATEST`. */
  const answer = (name: string, publish: boolean | undefined) => {
    const stored = model.functions.get(name);
    const { definition } = stored;
    if (!publish) return functionConfiguration(definition, '$LATEST', world.clock.now());
    const published = publishVersion(stored, {}, world);
    const { settling: state } = definition;
    const shown = { ...published.definition, ...(state && { settling: state }) };
    return functionConfiguration(shown, published.version, world.clock.now());
  };

  return {
    CreateFunction: operation<CreateFunctionCommandInput, CreateFunctionCommandOutput>(
      [
        ...requestMembers,
        'FunctionName',
        'Code',
        'Publish',
        'PackageType',
        'Tags',
        'Architectures',
      ],
      async (input) => {
        const name = parseNewFunctionName(input.FunctionName ?? '');
        const request = ofInput(input);
        checkFunction(request);
        model.functions.requireNew(name);
        const limitBytes = unzippedLimitBytes - model.layers.unpackedBytes(input.Layers ?? []);
        const source = sourceOf(input.Code ?? {});
        await model.code.install(source, { operation: 'CreateFunction', limitBytes }, (code) => {
          const parts = { code, tags: input.Tags ?? {}, layers };
          const definition = defineFunction(name, request, parts, world);
          model.functions.add({ ...definition, ...settling('creation') });
        });
        return answer(name, input.Publish);
      },
    ),

    UpdateFunctionCode: operation<UpdateFunctionCodeCommandInput, UpdateFunctionCodeCommandOutput>(
      [
        'FunctionName',
        'ZipFile',
        'S3Bucket',
        'S3Key',
        'S3ObjectVersion',
        'Publish',
        'DryRun',
        'RevisionId',
        'Architectures',
      ],
      async (input) => {
        const stored = model.functions.get(input.FunctionName ?? '');
        requireSettled(stored);
        checkRevision(input.RevisionId, stored.definition.revisionId);
        checkFunction({ Architectures: input.Architectures });
        const { layers: attached, name } = stored.definition;
        const arns = attached.map(({ arn }) => arn);
        const limitBytes = unzippedLimitBytes - model.layers.unpackedBytes(arns);
        const changed = await model.code.install(
          sourceOf(input),
          { operation: 'UpdateFunctionCode', limitBytes },
          ({ codeDirectory, codeSize, codeSha256 }) => {
            const definition: FunctionDefinition = {
              ...model.functions.get(name).definition,
              codeDirectory,
              codeSize,
              codeSha256,
              ...(input.Architectures?.[0] && { architecture: input.Architectures[0] }),
              lastModifiedMs: world.clock.now(),
              revisionId: world.ids.uuid(),
              ...settling('update'),
            };
            return { definition, done: input.DryRun ? undefined : model.redefine(definition) };
          },
        );
        await changed.done;
        if (!input.DryRun) return answer(name, input.Publish);
        await model.discardCode();
        return functionConfiguration(changed.definition, '$LATEST', world.clock.now());
      },
    ),

    UpdateFunctionConfiguration: operation<
      UpdateFunctionConfigurationCommandInput,
      UpdateFunctionConfigurationCommandOutput
    >([...requestMembers, 'FunctionName', 'RevisionId'], async (input) => {
      const stored = model.functions.get(input.FunctionName ?? '');
      requireSettled(stored);
      checkRevision(input.RevisionId, stored.definition.revisionId);
      const request = ofInput(input);
      const changed = changeFunction(stored.definition, request, { layers }, world);
      await model.redefine({ ...changed, ...settling('update') });
      return answer(stored.definition.name, false);
    }),

    DeleteFunction: operation<DeleteFunctionCommandInput, DeleteFunctionCommandOutput>(
      ['FunctionName', 'Qualifier'],
      async ({ FunctionName = '', Qualifier }) => {
        const { qualifier } = parseFunctionName(FunctionName, Qualifier);
        const stored = model.functions.get(FunctionName);
        if (qualifier) {
          deleteVersion(stored, qualifier);
          await model.retireVersion(stored.definition.name, qualifier);
        } else await model.delete(FunctionName);
        return { StatusCode: 204 };
      },
    ),
  };
}

type Source = Pick<
  UpdateFunctionCodeCommandInput,
  'ZipFile' | 'S3Bucket' | 'S3Key' | 'S3ObjectVersion'
>;

function sourceOf(code: Source & { ImageUri?: string | undefined }): CodeSource {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = code;
  if (ImageUri) throw new AwsError('NotImplemented', 'ImageUri is not simulated', { status: 400 });
  if (ZipFile && S3Bucket) {
    throw new AwsError(
      'InvalidParameterValueException',
      'Please do not provide other FunctionCode parameters when providing a ZipFile.',
      { members: { Type: 'User' } },
    );
  }
  if (ZipFile) return { zip: ZipFile as Uint8Array };
  if (!S3Bucket || !S3Key) return {};
  return { s3: { bucket: S3Bucket, key: S3Key, versionId: S3ObjectVersion || undefined } };
}

function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, {
    status: 409,
    members: { Type: 'User' },
  });
}
