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

export type LifecycleRule = z.output<typeof policy>['rules'][number];

/**
 * Reads a lifecycle policy, rules by priority (user guide, "Lifecycle policy properties in Amazon ECR"). Archiving
 * (action `transition`, `storageClass`) is not modelled. Throws AwsError InvalidParameterException.
 */
export function parseLifecyclePolicy(text: string): LifecycleRule[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('could not parse it as JSON');
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
  const lists = [tagPrefixList, tagPatternList].filter((list) => list !== undefined).length;
  if (lists !== (tagStatus === 'tagged' ? 1 : 0)) {
    throw invalid('tagStatus tagged, and only it, needs either tagPrefixList or tagPatternList');
  }
  if (tagPatternList?.some((pattern) => pattern.split('*').length > 5)) {
    throw invalid('a pattern of tagPatternList has at most four wildcards');
  }
}

function checkTogether(rules: readonly LifecycleRule[]): void {
  const priorities = new Set(rules.map(({ rulePriority }) => rulePriority));
  if (priorities.size < rules.length) throw invalid('rulePriority must be unique');
  for (const status of ['untagged', 'any'] as const) {
    const same = rules.filter(({ selection: { tagStatus } }) => tagStatus === status);
    if (same.length > 1) throw invalid(`only one rule may have the tagStatus ${status}`);
  }
  const any = rules.findIndex(({ selection: { tagStatus } }) => tagStatus === 'any');
  if (any >= 0 && any < rules.length - 1) {
    throw invalid('the rule with tagStatus any must have the highest rulePriority');
  }
}

function invalid(reason: string) {
  return ecrErrors.invalidParameter(
    `'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${reason}'`,
  );
}
