import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

export const awsManagedPrefix = 'arn:aws:iam::aws:policy/';

export interface AwsManagedPolicy {
  readonly arn: string;
  readonly name: string;
  /** `/service-role/` */
  readonly path: string;
  /** `v3`; earlier versions are not held. */
  readonly version: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly document: PolicyDocument;
}

const day = z.iso.date().transform((text) => Date.parse(text));
const held = z.record(
  z.string(),
  z.strictObject({
    version: z.string(),
    created: day,
    updated: day,
    statements: z.array(z.unknown()),
  }),
);

let policies: readonly AwsManagedPolicy[] | undefined;

/**
 * The managed policies of AWS that deployments meet: facts of AWS's own list, read from the copy of it that moto
 * keeps (Apache-2.0, November 2026) and not compared with the AWS Managed Policy Reference;
 * ReadOnlyAccess and ViewOnlyAccess are held as far as they speak of services that are simulated.
 */
export function awsManagedPolicies(): readonly AwsManagedPolicy[] {
  policies ??= read();
  return policies;
}

function read(): AwsManagedPolicy[] {
  const file = new URL('./generated/managed-policies.json', import.meta.url);
  const entries = held.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.entries(entries).map(([pathAndName, { version, statements, ...days }]) => {
    const name = pathAndName.replace(/^.*\//, '');
    return {
      arn: `${awsManagedPrefix}${pathAndName}`,
      name,
      path: `/${pathAndName.slice(0, -name.length)}`,
      version,
      createdAtMs: days.created,
      updatedAtMs: days.updated,
      document: policyDocument.parse({ Version: '2012-10-17', Statement: statements }),
    };
  });
}
