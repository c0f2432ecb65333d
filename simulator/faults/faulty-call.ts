import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { throttlingError } from '../quotas/throttling-error.ts';
import type { Caller, ServiceName } from '../wire/operation.ts';
import type { CallEffect } from './faults.ts';

/** The connection is to be closed without an answer. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped';
}

export interface FaultyCall {
  readonly service: ServiceName;
  readonly signingName: string;
  readonly operation: string;
  readonly caller: Caller;
  /** Lets virtual time pass during `wait`, which a request in flight does not. */
  unheld(wait: () => Promise<void>): Promise<void>;
}

/** Does the work of a call, with the fault that befalls it, if any. Throws ConnectionDropped. */
export async function callWithFaults(
  world: World,
  call: FaultyCall,
  handle: () => unknown,
): Promise<unknown> {
  const effect = befalls(world, call);
  if (!effect) return await handle();
  switch (effect.type) {
    case 'error':
      throw new AwsError(effect.code, effect.message ?? `${effect.code}: injected by a fault`, {
        ...(effect.status !== undefined && { status: effect.status }),
      });
    case 'throttle':
      throw throttlingError(call.service);
    case 'delay':
      await call.unheld(() => waitFor(world, call.caller, effect.ms));
      return await handle();
    case 'duplicate': {
      const first = await handle();
      // The caller never learns what became of the second.
      await Promise.resolve(handle()).catch((error: unknown) => {
        if (!(error instanceof AwsError)) throw error;
      });
      return first;
    }
    default:
      if (effect.when === 'after') await handle();
      if (effect.type === 'crash') await world.services.lambda.crash(call.caller.name);
      throw new ConnectionDropped();
  }
}

function befalls(world: World, call: FaultyCall): CallEffect | undefined {
  const { service, signingName, operation, caller } = call;
  const callers = [
    caller.name,
    caller.name.split('/')[0],
    caller.principal?.entityArn.split('/').at(-1),
  ];
  const taken = world.faults.calls.take(
    (fault) =>
      (fault.service === undefined || fault.service === service || fault.service === signingName) &&
      (fault.operation === undefined || fault.operation === operation) &&
      (fault.caller === undefined || callers.includes(fault.caller)) &&
      (fault.effect.type !== 'crash' || world.services.lambda.exists(caller.name)),
  );
  if (!taken) return undefined;
  const { id, fault } = taken;
  const { type } = fault.effect;
  world.journal.record('fault.injected', {
    fault: id,
    effect: type,
    service,
    operation,
    caller: caller.name,
  });
  return fault.effect;
}

/** A function's own invocation holds the clock too; it waits with its call. */
async function waitFor(world: World, caller: Caller, ms: number): Promise<void> {
  const { lambda } = world.services;
  if (lambda.exists(caller.name)) await lambda.pause(caller.name, ms);
  else await world.clock.sleep(ms);
}
