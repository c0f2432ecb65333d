import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { refuseUnmodelled } from '../wire/check-members.ts';
import type { Caller, WireService } from '../wire/operation.ts';
import type { ResourceContext } from './resource-provider.ts';

const cloudFormation: Caller = { accessKeyId: 'cloudformation', name: 'cloudformation' };

/** Calls one operation of a service's API; throws the AwsError that a client would get. */
export type ServiceApi = <Input extends object, Output = unknown>(
  operation: string,
  input: Input,
  context: ResourceContext,
) => Promise<Output>;

/** CloudFormation works on resources through the APIs of their services, as the stack's caller or role. */
export function serviceApi(build: (world: World) => WireService): ServiceApi {
  let wire: WireService | undefined;
  return async <Input extends object, Output>(
    name: string,
    input: Input,
    { caller = cloudFormation, world, authorize }: ResourceContext,
  ) => {
    wire ??= build(world);
    const operation = wire.operations[name];
    if (!operation) {
      throw new AwsError('NotImplemented', `${wire.name}:${name} is not simulated`);
    }
    refuseUnmodelled(input as Readonly<Record<string, unknown>>, operation, (member) => {
      const subject = `Member ${member} of ${wire?.name}:${name}`;
      return new AwsError('NotImplemented', `${subject} is not simulated`);
    });
    authorize?.(wire.name, name, input as Readonly<Record<string, unknown>>);
    const context = { caller, requestId: world.ids.uuid() };
    return (await operation.handle(input as never, context)) as Output;
  };
}
