import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Resource policies come as text with every call; so many different ones are kept parsed. */
const kept = 256;
const parsed = new Map<string, readonly PolicyDocument[]>();

/** Parses a resource's policy once; text that is no policy decides nothing. */
export function resourcePolicyOf(text: string | undefined): readonly PolicyDocument[] {
  if (text === undefined || text === '') return [];
  let documents = parsed.get(text);
  if (!documents) {
    documents = parse(text);
    const [oldest] = parsed.keys();
    if (parsed.size >= kept && oldest !== undefined) parsed.delete(oldest);
    parsed.set(text, documents);
  }
  return documents;
}

/** Whether every statement of a policy's text is an object, as whoever keeps policies asks at least; JSON is told elsewhere. */
export function hasSoundStatements(text: string): boolean {
  try {
    const { Statement = [] } = JSON.parse(text) as { Statement?: unknown };
    const statements: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return statements.every(
      (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
    );
  } catch {
    return false;
  }
}

function parse(text: string): readonly PolicyDocument[] {
  try {
    const read = policyDocument.safeParse(JSON.parse(text));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}
