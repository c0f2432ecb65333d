import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import { clientSettings } from '../../functions/adapters/client-settings.ts';
import type { Clock } from '../../simulator/core/clock.ts';
import type { Settings } from '../../simulator/core/settings.ts';
import { Quotas } from '../../simulator/quotas/quotas.ts';
import type { ServiceName } from '../../simulator/wire/operation.ts';
import { region } from './region.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Lambda's account quota of concurrent executions (Lambda quotas, "Concurrent executions": 1,000). */
export const concurrencyLimit = 1_000;

/** A call whose retries by the SDK are used up, or an invocation that Lambda refused. */
export class Throttled extends Error {
  override readonly name: 'TransientAwsError' | 'Lambda.TooManyRequestsException';

  constructor(name: Throttled['name'], message: string) {
    super(message);
    this.name = name;
  }
}

/** An execution environment keeps its clients, and they keep what they learnt of the service's pace. */
export class Environment {
  readonly #strategies = new Map<string, AdaptiveRetryStrategy>();

  strategy(service: string): AdaptiveRetryStrategy {
    const known = this.#strategies.get(service);
    if (known !== undefined) return known;
    const made = new AdaptiveRetryStrategy(async () => clientSettings.maxAttempts);
    this.#strategies.set(service, made);
    return made;
  }
}

/** The account that all services share: its request quotas, as the simulator imposes them, and its functions. */
export class Account {
  readonly #time: VirtualTime;
  readonly #quotas: Quotas;
  readonly #idle = new Map<string, Environment[]>();
  #busy = 0;
  /** Refused calls, by operation. */
  readonly throttled = new Map<string, number>();
  calls = 0;
  mostBusy = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
    // Quotas asks for nothing else of its clock and settings.
    const clock = { now: time.now } as Clock;
    this.#quotas = new Quotas(clock, { requestQuotas: true } as Settings, region);
  }

  /** One call with the retries of the shipped client settings; throws Throttled when they are used up. */
  async call(environment: Environment, service: string, operation: string): Promise<void> {
    const strategy = environment.strategy(service);
    let token = (await strategy.acquireInitialRetryToken(service)) as StandardRetryToken;
    for (;;) {
      this.calls++;
      const refusal = this.#refusal(service, operation);
      if (refusal === undefined) {
        strategy.recordSuccess(token);
        return;
      }
      try {
        const info: RetryErrorInfo = { errorType: 'THROTTLING' };
        token = (await strategy.refreshRetryTokenForRetry(token, info)) as StandardRetryToken;
      } catch {
        throw new Throttled('TransientAwsError', `${service}:${operation} is throttled`);
      }
      await this.#time.sleep(token.getRetryDelay());
    }
  }

  /** One try; refused or not, whoever makes it goes on. */
  callOnce(service: string, operation: string): void {
    this.calls++;
    this.#refusal(service, operation);
  }

  #refusal(service: string, operation: string): Error | undefined {
    try {
      this.#quotas.admit(service as ServiceName, operation);
      return undefined;
    } catch (error) {
      const key = `${service}:${operation}`;
      this.throttled.set(key, (this.throttled.get(key) ?? 0) + 1);
      return error as Error;
    }
  }

  /** Runs an invocation in an idle environment or a new one; Throttled when the account has no more. */
  async invoke(functionName: string, work: (environment: Environment) => Promise<void>) {
    if (this.#busy >= concurrencyLimit) {
      throw new Throttled('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    }
    this.#busy++;
    this.mostBusy = Math.max(this.mostBusy, this.#busy);
    const idle = this.#idle.get(functionName) ?? [];
    this.#idle.set(functionName, idle);
    const environment = idle.pop() ?? new Environment();
    try {
      await work(environment);
    } finally {
      idle.push(environment);
      this.#busy--;
    }
  }
}
