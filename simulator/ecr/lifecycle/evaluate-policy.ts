import type { Repository, StoredImage } from '../repository.ts';
import type { LifecycleRule } from './parse-policy.ts';

export interface Expiry {
  readonly image: StoredImage;
  readonly rulePriority: number;
}

const dayMs = 86_400_000;

/**
 * The images that a policy expires at an instant, oldest first. As ECR evaluates: every rule sees all images; one
 * that a rule's tags select is never expired by a later rule, but counts in it; an image that an index lists stays
 * (user guide, "How lifecycle policies work"). `rules` come by priority.
 */
export function evaluateLifecyclePolicy(
  rules: readonly LifecycleRule[],
  repository: Repository,
  nowMs: number,
): Expiry[] {
  const newestFirst = [...repository.images.values()].reverse();
  newestFirst.sort((a, b) => b.pushedAtMs - a.pushedAtMs);
  const decided = new Set<StoredImage>();
  const expired: Expiry[] = [];
  for (const rule of rules) {
    const selected = newestFirst.filter((image) =>
      selects(rule.selection, repository.tagsOf(image.digest)),
    );
    for (const image of tooMany(rule.selection, selected, nowMs)) {
      if (decided.has(image) || repository.indexesWith(image.digest).length > 0) continue;
      expired.push({ image, rulePriority: rule.rulePriority });
    }
    for (const image of selected) decided.add(image);
  }
  return expired.sort((a, b) => a.image.pushedAtMs - b.image.pushedAtMs);
}

type Selection = LifecycleRule['selection'];

/** Each entry of a list must fit one of the image's tags. */
function selects(selection: Selection, tags: readonly string[]): boolean {
  if (selection.tagStatus === 'any') return true;
  if (selection.tagStatus === 'untagged') return tags.length === 0;
  const { tagPrefixList, tagPatternList = [] } = selection;
  const fits = tagPrefixList
    ? tagPrefixList.map((prefix) => (tag: string) => tag.startsWith(prefix))
    : tagPatternList.map((pattern) => (tag: string) => wildcard(pattern).test(tag));
  return fits.every((fit) => tags.some(fit));
}

function tooMany(selection: Selection, newestFirst: StoredImage[], nowMs: number): StoredImage[] {
  if (selection.countType === 'imageCountMoreThan') {
    return newestFirst.slice(selection.countNumber);
  }
  const oldestMs = nowMs - selection.countNumber * dayMs;
  const sinceMs = ({ pushedAtMs, lastPulledAtMs }: StoredImage) =>
    selection.countType === 'sinceImagePulled' ? (lastPulledAtMs ?? pushedAtMs) : pushedAtMs;
  return newestFirst.filter((image) => sinceMs(image) < oldestMs);
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
