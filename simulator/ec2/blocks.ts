import { AwsError } from '../core/aws-error.ts';
import { addressAt, blockSize } from '../core/cidr.ts';

/** Throws EC2's error for text that is no IPv4 block, or one that is not a /16 to /28. */
export function checkBlock(
  block: string,
  rangeCode: 'InvalidVpc.Range' | 'InvalidSubnet.Range',
): void {
  const size = sizeOf(block);
  if (size === undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${block}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  if (size < 16 || size > 65_536) throw new AwsError(rangeCode, `The CIDR '${block}' is invalid.`);
}

/** The block with its host bits cleared, as EC2 keeps it: 10.0.0.18/16 is 10.0.0.0/16. */
export function networkOf(block: string): string {
  return `${addressAt(block, 0)}/${block.split('/')[1]}`;
}

function sizeOf(block: string): number | undefined {
  try {
    return blockSize(block);
  } catch {
    return undefined;
  }
}
