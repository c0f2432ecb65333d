import type { MiddlewareStack } from '@smithy/types';

export interface ScriptedCommand {
  /** E.g. `GetDeployment`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Lets a real SDK client answer its commands from a function, before anything is serialized: for what an
 * adapter makes of answers, whatever the protocol. An Error is thrown as the SDK would.
 */
export function scriptClient<TInput extends object, TOutput extends object>(
  client: { readonly middlewareStack: MiddlewareStack<TInput, TOutput> },
  answer: (command: ScriptedCommand) => object | Error,
): ScriptedCommand[] {
  const commands: ScriptedCommand[] = [];
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      const command = {
        operation: String(context.commandName).replace(/Command$/, ''),
        input: Object.fromEntries(Object.entries(args.input)),
      };
      commands.push(command);
      const output = answer(command);
      if (output instanceof Error) throw output;
      return { output: { $metadata: {}, ...output } as unknown as TOutput, response: {} };
    },
    { step: 'initialize', priority: 'high' },
  );
  return commands;
}

/** An error as the SDK throws it. */
export function sdkError(name: string, message = 'as AWS said', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
