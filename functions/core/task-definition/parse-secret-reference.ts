/** Where a reference points. `key` is a member of a secret that is a JSON object. */
export type SecretReference =
  | {
      readonly kind: 'secret';
      /** Name or ARN without what ECS appends to it. */
      readonly id: string;
      readonly key: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    }
  | { readonly kind: 'parameter'; readonly name: string }
  /** Of another account or Region, or of another service: cannot be looked at from here. */
  | { readonly kind: 'elsewhere' };

/**
 * Reads `valueFrom` of ECS: an ARN of a secret, to which `:json-key:version-stage:version-id` may be appended, an
 * ARN of a parameter, or the name of a parameter of the same Region (ECS developer guide, sensitive data).
 */
export function parseSecretReference(valueFrom: string, serviceArn: string): SecretReference {
  if (!valueFrom.startsWith('arn:')) return { kind: 'parameter', name: valueFrom };
  const [, , service, region, account, type, ...rest] = valueFrom.split(':');
  const [, , , serviceRegion, serviceAccount] = serviceArn.split(':');
  if (region !== serviceRegion || account !== serviceAccount) return { kind: 'elsewhere' };
  if (service === 'secretsmanager' && type === 'secret') {
    const [name, key, versionStage, versionId] = rest;
    const id = valueFrom.split(':').slice(0, 6).concat(String(name)).join(':');
    const given = (text: string | undefined) => (text === '' ? undefined : text);
    return {
      kind: 'secret',
      id,
      key: given(key),
      versionStage: given(versionStage),
      versionId: given(versionId),
    };
  }
  if (service === 'ssm' && type?.startsWith('parameter/')) {
    return { kind: 'parameter', name: type.slice('parameter'.length) };
  }
  return { kind: 'elsewhere' };
}

/** A parameter `/a` has the same ARN as `a` would have, so a name is compared without the leading slash. */
export function parameterNames(name: string): readonly [string, string] {
  const bare = name.replace(/^\//, '');
  return [bare, `/${bare}`];
}
