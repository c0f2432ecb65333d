import type { ImageTagMutability, ImageTagMutabilityExclusionFilter } from '@aws-sdk/client-ecr';
import { ecrErrors } from './ecr-errors.ts';

/** Whether tags may move, and the wildcard filters of tags for which the opposite holds (aws-facts 1.6). */
export interface TagMutability {
  readonly setting: ImageTagMutability;
  readonly exclusionFilters: readonly string[];
}

export interface TagMutabilityRequest {
  readonly imageTagMutability?: ImageTagMutability | undefined;
  readonly imageTagMutabilityExclusionFilters?: ImageTagMutabilityExclusionFilter[] | undefined;
}

/** ECR's limit on filters of one repository. */
const maxFilters = 5;
/** Of one filter, as Terraform's provider documents it. */
const maxWildcards = 2;
const filterPattern = /^[0-9a-zA-Z._*-]{1,128}$/;

/** Throws AwsError InvalidParameterException. */
export function readTagMutability(request: TagMutabilityRequest): TagMutability {
  const setting = request.imageTagMutability ?? 'MUTABLE';
  const filters = request.imageTagMutabilityExclusionFilters ?? [];
  if (setting.endsWith('_WITH_EXCLUSION') !== filters.length > 0) {
    throw ecrErrors.invalidParameter(
      `imageTagMutability ${setting} ${filters.length > 0 ? 'takes no' : 'needs'} imageTagMutabilityExclusionFilters`,
    );
  }
  const bad = filters.find(
    ({ filter = '' }) => !filterPattern.test(filter) || filter.split('*').length - 1 > maxWildcards,
  );
  if (bad || filters.length > maxFilters) {
    throw ecrErrors.invalidParameter(
      bad
        ? `the filter '${bad.filter}' is not a tag with at most ${maxWildcards} wildcards`
        : `at most ${maxFilters} filters`,
    );
  }
  return { setting, exclusionFilters: filters.map(({ filter = '' }) => filter) };
}

export function tagMayMove(mutability: TagMutability, tag: string): boolean {
  const excluded = mutability.exclusionFilters.some((filter) => matches(filter, tag));
  return mutability.setting.startsWith('IMMUTABLE') ? excluded : !excluded;
}

/** The members of Repository and PutImageTagMutabilityResponse. */
export function describeTagMutability(mutability: TagMutability) {
  return {
    imageTagMutability: mutability.setting,
    ...(mutability.exclusionFilters.length > 0 && {
      imageTagMutabilityExclusionFilters: mutability.exclusionFilters.map((filter) => ({
        filterType: 'WILDCARD' as const,
        filter,
      })),
    }),
  };
}

/** `*` stands for any characters; everything else for itself. */
function matches(filter: string, tag: string): boolean {
  const source = filter.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${source.join('.*')}$`).test(tag);
}
