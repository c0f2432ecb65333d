/** How often one action on one resource was allowed and denied to a principal. */
export interface UsedAction {
  readonly action: string;
  readonly resource: string;
  /** The condition keys that the call gave, of the first such call. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  allowed: number;
  denied: number;
  /** AWS's sentence of the last denial. */
  lastDenial?: string;
}

/** Distinct actions and resources that are kept for each principal; a long run must not fill the memory. */
const keptPerPrincipal = 5_000;

/** What users and roles did and were refused, by ARN: the evidence of least privilege. */
export class AccessUsage {
  readonly #byPrincipal = new Map<string, Map<string, UsedAction>>();

  record(
    entityArn: string,
    call: Pick<UsedAction, 'action' | 'resource' | 'context'>,
    denial?: string,
  ): void {
    let calls = this.#byPrincipal.get(entityArn);
    if (!calls) {
      calls = new Map();
      this.#byPrincipal.set(entityArn, calls);
    }
    const key = `${call.action} ${call.resource} ${contextKey(call.context)}`;
    let used = calls.get(key);
    if (!used) {
      if (calls.size >= keptPerPrincipal) return;
      used = { ...call, allowed: 0, denied: 0 };
      calls.set(key, used);
    }
    if (denial === undefined) used.allowed++;
    else {
      used.denied++;
      used.lastDenial = denial;
    }
  }

  of(entityArn: string): readonly UsedAction[] {
    return [...(this.#byPrincipal.get(entityArn)?.values() ?? [])];
  }

  clear(): void {
    this.#byPrincipal.clear();
  }
}

function contextKey(context: UsedAction['context']): string {
  let key = '';
  for (const name in context) key += `${name}=${context[name]}`;
  return key;
}
