import type { World } from '../core/world.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';
import { checkPolicyRules, malformed, type PolicyUse } from './policy-rules.ts';
import { hasRepeatedKeys } from './repeated-keys.ts';

/**
 * Policies as clients wrote them: IAM gives a document back as it came, URL-encoded (RFC 3986), while the
 * model works on its normalized form.
 */
export class PolicyTexts {
  readonly #texts = new WeakMap<PolicyDocument, string>();
  readonly #refuseRepeatedKeys: boolean;

  constructor({ settings }: Pick<World, 'settings'>) {
    this.#refuseRepeatedKeys = settings.refuseRepeatedPolicyKeys;
  }

  /** Throws MalformedPolicyDocument. */
  read(text: string, use: PolicyUse): PolicyDocument {
    const document = parse(text);
    if (this.#refuseRepeatedKeys && hasRepeatedKeys(text))
      throw malformed('Syntax errors in policy.');
    checkPolicyRules(document, use);
    this.#texts.set(document, text);
    return document;
  }

  encoded(document: PolicyDocument): string {
    const text = this.#texts.get(document) ?? JSON.stringify(document);
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  }
}

function parse(text: string): PolicyDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  const read = policyDocument.safeParse(value);
  if (read.success) return read.data;
  throw malformed('Syntax errors in policy.');
}
