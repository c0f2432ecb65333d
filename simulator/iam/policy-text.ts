import { AwsError } from '../core/aws-error.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/**
 * Policies as clients wrote them: IAM gives a document back as it came, URL-encoded (RFC 3986), while the
 * model works on its normalized form.
 */
export class PolicyTexts {
  readonly #texts = new WeakMap<PolicyDocument, string>();

  /** Throws MalformedPolicyDocument. */
  read(text: string, kind: 'identity' | 'trust'): PolicyDocument {
    const document = parse(text);
    for (const { Principal, NotPrincipal, Action, NotAction, ...rest } of document.Statement) {
      const hasPrincipal = Principal !== undefined || NotPrincipal !== undefined;
      if (kind === 'trust' && !hasPrincipal) {
        throw malformed('AssumeRolepolicy must contain principals.');
      }
      if (kind === 'trust' && (rest.Resource || rest.NotResource)) {
        throw malformed('Has prohibited field Resource');
      }
      if (kind === 'identity' && hasPrincipal) {
        throw malformed('Policy document should not specify a principal.');
      }
      if (kind === 'identity' && !rest.Resource && !rest.NotResource) {
        throw malformed('Policy statement must contain resources.');
      }
      if (!Action && !NotAction) throw malformed('Policy statement must contain actions.');
    }
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
  const [issue] = read.error.issues;
  throw malformed(`Syntax errors in policy: ${issue?.path.join('.')}: ${issue?.message}`);
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
