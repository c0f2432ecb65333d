import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag at exactly this construct, each with its reason. */
export function acknowledge(
  construct: IConstruct,
  reasonsByFinding: Readonly<Record<string, string>>,
): void {
  Validations.of(construct).acknowledge(
    ...Object.entries(reasonsByFinding).map(([id, reason]) => ({ id, reason })),
  );
}
