import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LambdaModel } from './model.ts';

/** Invoke: RequestResponse (default), Event and DryRun. */
export function invokeOperation(model: LambdaModel): WireOperation {
  return operation<InvokeCommandInput, InvokeCommandOutput>(
    ['FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier'],
    async ({ FunctionName = '', InvocationType, LogType, Payload, Qualifier }) => {
      const payload = parsePayload(Payload as Uint8Array | undefined);
      const type = InvocationType ?? 'RequestResponse';
      if (type === 'DryRun') {
        model.functions.resolve(FunctionName, Qualifier);
        return { StatusCode: 204 };
      }
      if (type !== 'RequestResponse' && type !== 'Event') {
        throw new AwsError(
          'InvalidParameterValueException',
          `InvocationType must be RequestResponse, Event or DryRun, not ${type}`,
        );
      }
      const result = await model.invokeWithLog(
        { functionName: FunctionName, payload, type },
        Qualifier,
      );
      if (type === 'Event') return { StatusCode: result.statusCode };
      return {
        StatusCode: result.statusCode,
        ExecutedVersion: result.executedVersion,
        Payload: Buffer.from(JSON.stringify(result.payload) ?? 'null') as unknown as NonNullable<
          InvokeCommandOutput['Payload']
        >,
        ...(result.functionError ? { FunctionError: result.functionError } : {}),
        ...(LogType === 'Tail' ? { LogResult: result.logTail } : {}),
      };
    },
  );
}

/** No payload is an empty object, as Lambda's Node.js runtime sees it. */
function parsePayload(bytes: Uint8Array | undefined): unknown {
  if (!bytes || bytes.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
