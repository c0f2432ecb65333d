/** One rule of a listener; its default action is one too. */
export interface ListenerRule {
  readonly arn: string;
  /** A number as text, or `default`. */
  readonly priority: string;
  /** JSON text; equal for equal conditions. */
  readonly conditions: string;
  readonly actions: readonly {
    readonly type: string;
    /** By target group ARN; empty for actions that forward nowhere. */
    readonly weights: Readonly<Record<string, number>>;
    /** JSON text of everything else about it. */
    readonly settings: string;
  }[];
}

/** Rules of ELBv2 listeners as a whole, read only. */
export interface ListenerRules {
  rules(listenerArn: string): Promise<ListenerRule[]>;
}
