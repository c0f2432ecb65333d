import type { InputTransformer, Tag } from '@aws-sdk/client-eventbridge';
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
  readonly inputTransformer?: InputTransformer;
  readonly deadLetterArn?: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export interface RuleDefinition {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  /** JSON text; undefined for a rule that only its schedule rings. */
  readonly eventPattern: string | undefined;
  readonly scheduleExpression: string | undefined;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  /** `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  readonly state: string;
  readonly enabled: boolean;
  readonly tags: readonly Tag[];
}

/** 24 hours and 185 attempts (aws-facts 1.4). */
export const defaultRetryPolicy = {
  maximumRetryAttempts: 185,
  maximumEventAgeSeconds: 86_400,
} as const;

const targetsLimit = 5;

function matcherOf({ eventPattern }: RuleDefinition): (event: object) => boolean {
  return eventPattern === undefined
    ? () => false
    : (compilePattern(eventPattern) as (event: object) => boolean);
}

/** A rule of a bus with its compiled pattern and its targets. */
export class Rule {
  readonly targets = new Map<string, RuleTarget>();
  #definition: RuleDefinition;
  #matches: (event: object) => boolean;

  constructor(definition: RuleDefinition) {
    this.#definition = definition;
    this.#matches = matcherOf(definition);
  }

  get definition(): RuleDefinition {
    return this.#definition;
  }

  redefine(definition: RuleDefinition): void {
    this.#matches = matcherOf(definition);
    this.#definition = definition;
  }

  matches(event: EventEnvelope): boolean {
    return this.#definition.enabled && this.#matches({ ...event });
  }

  /** Adds or replaces by id. */
  putTarget(target: RuleTarget): void {
    this.putTargets([target]);
  }

  /** All of them, or none when they would be too many. */
  putTargets(targets: readonly RuleTarget[]): void {
    const ids = new Set([...this.targets.keys(), ...targets.map(({ id }) => id)]);
    if (ids.size > targetsLimit) {
      throw new AwsError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    for (const target of targets) this.targets.set(target.id, target);
  }
}
