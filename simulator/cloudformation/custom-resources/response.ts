import { z } from 'zod';
import { PartlyCreatedError } from '../partly-created-error.ts';

/** Longest answer of a custom resource in bytes (user guide, "Custom resource response objects"). */
const longestResponse = 4_096;

const responseSchema = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  PhysicalResourceId: z.string().min(1).max(1_024).optional(),
  Reason: z.string().optional(),
  NoEcho: z.boolean().optional(),
  Data: z.record(z.string(), z.unknown()).nullish(),
});

export type CustomResourceResponse = z.output<typeof responseSchema>;

/** A custom resource that failed, with the id of what it made nevertheless. */
export class CustomResourceFailure extends PartlyCreatedError {
  override readonly name = 'CustomResourceFailure';

  constructor(message: string, physicalId?: string) {
    super(message, physicalId);
  }
}

/** Reads an answer; throws CustomResourceFailure when it says FAILED, or says nothing that can be understood. */
export function readResponse(body: string, requestId: string): CustomResourceResponse {
  if (Buffer.byteLength(body) > longestResponse) {
    throw new CustomResourceFailure('Response object is too long.');
  }
  const parsed = responseSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path[0];
    throw new CustomResourceFailure(
      where === 'PhysicalResourceId'
        ? 'Invalid PhysicalResourceId'
        : 'Invalid response object: Value of property Status must be SUCCESS or FAILED',
    );
  }
  const { Status, Reason, PhysicalResourceId } = parsed.data;
  if (Status === 'SUCCESS') return parsed.data;
  if (!Reason) {
    throw new CustomResourceFailure(
      'Invalid response object: Reason is required when Status is FAILED',
      PhysicalResourceId,
    );
  }
  throw new CustomResourceFailure(
    `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${requestId})`,
    PhysicalResourceId,
  );
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new CustomResourceFailure('Invalid response object: not a JSON text');
  }
}
