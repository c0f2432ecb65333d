import type {
  DeleteLifecyclePolicyCommandInput,
  DeleteLifecyclePolicyCommandOutput,
  GetLifecyclePolicyCommandInput,
  GetLifecyclePolicyCommandOutput,
  GetLifecyclePolicyPreviewCommandInput,
  GetLifecyclePolicyPreviewCommandOutput,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyCommandOutput,
  StartLifecyclePolicyPreviewCommandInput,
  StartLifecyclePolicyPreviewCommandOutput,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { ecrErrors } from '../ecr-errors.ts';
import { findImage } from '../image-ids.ts';
import type { EcrModel } from '../model.ts';
import { pageOf } from '../paging.ts';
import type { Repository } from '../repository.ts';

const members = ['registryId', 'repositoryName'] as const;

/** What sets, shows and previews lifecycle policies. */
export function lifecycleOperations(model: EcrModel): Readonly<Record<string, WireOperation>> {
  const { repositories, lifecycle } = model;
  const textOf = ({ options, address }: Repository): string => {
    if (options.lifecyclePolicyText) return options.lifecyclePolicyText;
    throw ecrErrors.lifecyclePolicyNotFound(address);
  };
  const named = ({ address }: Repository) => ({
    registryId: address.registryId,
    repositoryName: address.name,
  });
  const evaluated = (repository: Repository) => {
    const atMs = lifecycle.lastEvaluatedAtMs(repository);
    return atMs === undefined ? {} : { lastEvaluatedAt: new Date(atMs) };
  };
  return {
    PutLifecyclePolicy: operation<PutLifecyclePolicyCommandInput, PutLifecyclePolicyCommandOutput>(
      [...members, 'lifecyclePolicyText'],
      ({ repositoryName, registryId, lifecyclePolicyText = '' }) => {
        const repository = repositories.get(repositoryName, registryId);
        lifecycle.put(repository, lifecyclePolicyText);
        return { ...named(repository), lifecyclePolicyText };
      },
    ),
    GetLifecyclePolicy: operation<GetLifecyclePolicyCommandInput, GetLifecyclePolicyCommandOutput>(
      members,
      ({ repositoryName, registryId }) => {
        const repository = repositories.get(repositoryName, registryId);
        const lifecyclePolicyText = textOf(repository);
        return { ...named(repository), lifecyclePolicyText, ...evaluated(repository) };
      },
    ),
    DeleteLifecyclePolicy: operation<
      DeleteLifecyclePolicyCommandInput,
      DeleteLifecyclePolicyCommandOutput
    >(members, ({ repositoryName, registryId }) => {
      const repository = repositories.get(repositoryName, registryId);
      const lifecyclePolicyText = textOf(repository);
      const deleted = { ...named(repository), lifecyclePolicyText, ...evaluated(repository) };
      lifecycle.put(repository, undefined);
      return deleted;
    }),
    StartLifecyclePolicyPreview: operation<
      StartLifecyclePolicyPreviewCommandInput,
      StartLifecyclePolicyPreviewCommandOutput
    >([...members, 'lifecyclePolicyText'], (input) => {
      const repository = repositories.get(input.repositoryName, input.registryId);
      const lifecyclePolicyText = input.lifecyclePolicyText ?? textOf(repository);
      lifecycle.startPreview(repository, lifecyclePolicyText);
      return { ...named(repository), lifecyclePolicyText, status: 'IN_PROGRESS' };
    }),
    GetLifecyclePolicyPreview: operation<
      GetLifecyclePolicyPreviewCommandInput,
      GetLifecyclePolicyPreviewCommandOutput
    >([...members, 'imageIds', 'nextToken', 'maxResults', 'filter'], (input) => {
      const repository = repositories.get(input.repositoryName, input.registryId);
      return { ...named(repository), ...showPreview(model, repository, input) };
    }),
  };
}

function showPreview(
  { lifecycle }: EcrModel,
  repository: Repository,
  input: GetLifecyclePolicyPreviewCommandInput,
) {
  const preview = lifecycle.preview(repository);
  if (!preview) {
    const { name, registryId } = repository.address;
    throw new AwsError(
      'LifecyclePolicyPreviewNotFoundException',
      `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${registryId}'`,
    );
  }
  const wanted = input.imageIds?.map((imageId) => findImage(repository, imageId));
  const tagStatus = input.filter?.tagStatus ?? 'ANY';
  const tagsOf = (digest: string) => [...(preview.tags.get(digest) ?? [])];
  const shown = preview.results.filter(({ image }) => {
    const tagged = tagsOf(image.digest).length > 0;
    const asked = !wanted || wanted.some((found) => 'image' in found && found.image === image);
    return asked && (tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tagged);
  });
  const { items, nextToken } = pageOf(shown, input);
  return {
    lifecyclePolicyText: preview.text,
    status: 'COMPLETE' as const,
    previewResults: items.map(({ image, rulePriority }) => ({
      imageTags: tagsOf(image.digest),
      imageDigest: image.digest,
      imagePushedAt: new Date(image.pushedAtMs),
      action: { type: 'EXPIRE' as const },
      appliedRulePriority: rulePriority,
    })),
    summary: { expiringImageTotalCount: preview.results.length },
    ...(nextToken && { nextToken }),
  };
}
