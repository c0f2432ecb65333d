import type { Tag } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { compilePattern } from './event-pattern.ts';

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** JSON text that replaces the event. */
  readonly input?: string;
  readonly inputPath?: string;
  readonly deadLetterArn?: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export interface RuleDefinition {
  readonly name: string;
  readonly arn: string;
  /** JSON text. */
  readonly eventPattern: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly enabled: boolean;
  readonly tags: readonly Tag[];
}

/** 24 hours and 185 attempts (aws-facts 1.4). */
export const defaultRetryPolicy = {
  maximumRetryAttempts: 185,
  maximumEventAgeSeconds: 86_400,
} as const;

const targetsLimit = 5;

/** A rule of the default bus with its compiled pattern and its targets. */
export class Rule {
  readonly targets = new Map<string, RuleTarget>();
  #definition: RuleDefinition;
  #matches: (event: Readonly<Record<string, unknown>>) => boolean;

  constructor(definition: RuleDefinition) {
    this.#definition = definition;
    this.#matches = compilePattern(definition.eventPattern);
  }

  get definition(): RuleDefinition {
    return this.#definition;
  }

  redefine(definition: RuleDefinition): void {
    this.#matches = compilePattern(definition.eventPattern);
    this.#definition = definition;
  }

  matches(event: EventEnvelope): boolean {
    return this.#definition.enabled && this.#matches({ ...event });
  }

  /** Adds or replaces by id. */
  putTarget(target: RuleTarget): void {
    this.targets.set(target.id, target);
    if (this.targets.size <= targetsLimit) return;
    this.targets.delete(target.id);
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${targetsLimit} targets per rule`,
    );
  }
}
