import { z } from 'zod';
import { ecrErrors } from '../ecr-errors.ts';

const texts = z.array(z.string().min(1)).min(1);
const selection = z.strictObject({
  tagStatus: z.enum(['tagged', 'untagged', 'any']),
  tagPrefixList: texts.optional(),
  tagPatternList: texts.optional(),
  countType: z.enum(['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled']),
  countUnit: z.literal('days').optional(),
  countNumber: z.int().min(1),
});

const policy = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        rulePriority: z.int().min(1),
        description: z.string().max(256).optional(),
        selection,
        action: z.strictObject({ type: z.literal('expire') }),
      }),
    )
    .min(1)
    .max(50),
});

/** Of one entry of tagPatternList. */
const maxWildcards = 4;

export type LifecycleRule = z.output<typeof policy>['rules'][number];

/**
 * Reads a lifecycle policy, rules by priority (user guide, "Lifecycle policy properties in Amazon ECR"), refused in
 * the words that public threads quote. Archiving (action `transition`, `storageClass`) is not modelled. Throws AwsError InvalidParameterException.
 */
export function parseLifecyclePolicy(text: string): LifecycleRule[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('Could not map policyString into LifecyclePolicy.');
  }
  const read = policy.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(`${issue?.path.join('.') || 'policy'}: ${issue?.message}`);
  }
  const rules = [...read.data.rules].sort((a, b) => a.rulePriority - b.rulePriority);
  for (const rule of rules) checkSelection(rule.selection);
  checkTogether(rules);
  return rules;
}

function checkSelection(given: LifecycleRule['selection']): void {
  const { tagStatus, tagPrefixList, tagPatternList, countType, countUnit } = given;
  if ((countType === 'imageCountMoreThan') !== (countUnit === undefined)) {
    throw invalid('countUnit goes with sinceImagePushed and sinceImagePulled, and only with them');
  }
  if (tagStatus !== 'tagged') {
    const list = tagPrefixList ? 'tagPrefixList' : 'tagPatternList';
    if (tagPrefixList ?? tagPatternList) {
      throw invalid(`Cannot specify ${list} with tagStatus ${tagStatus}`);
    }
    return;
  }
  if (!tagPrefixList && !tagPatternList) {
    throw invalid('Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.');
  }
  if (tagPrefixList && tagPatternList) {
    throw invalid(
      'If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList',
    );
  }
  if (tagPatternList?.some((pattern) => pattern.split('*').length - 1 > maxWildcards)) {
    throw invalid('Invalid tag pattern provided');
  }
}

function checkTogether(rules: readonly LifecycleRule[]): void {
  const priorities = new Set(rules.map(({ rulePriority }) => rulePriority));
  if (priorities.size < rules.length) throw invalid('Duplicate priority in multiple rules');
  const of = (status: string) => rules.filter(({ selection }) => selection.tagStatus === status);
  if (of('untagged').length > 1) {
    throw invalid('Only one rule can select Untagged images per storage class');
  }
  const any = of('any');
  if (any.length > 1) throw invalid('Only one rule can specify tagStatus=ANY');
  if (any.length === 1 && rules.at(-1) !== any[0]) {
    throw invalid('Rule for tagStatus=ANY must have the lowest priority per storage class');
  }
  const lists = of('tagged').map(({ selection: { tagPrefixList = [], tagPatternList = [] } }) =>
    JSON.stringify([[...tagPrefixList].sort(), [...tagPatternList].sort()]),
  );
  if (new Set(lists).size < lists.length) {
    throw invalid('the set of rules must contain a unique set of tag prefixes');
  }
}

function invalid(reason: string) {
  return ecrErrors.invalidParameterAt(
    'LifecyclePolicyText',
    `Lifecycle policy validation failure: ${reason}`,
  );
}
