import { type Schema, Validator } from '@cfworker/json-schema';
import type { AnswerExpectations } from '../config/expectation-schemas.ts';
import type { Mask } from '../probe/mask.ts';
import { isCut } from './body-expectation.ts';
import type { Answer } from './http-expectations.ts';
import { judgeJsonExpectation } from './json-expectation.ts';
import { jsonSchemaDraft } from './json-schema-draft.ts';
import { type Miss, quoted } from './miss.ts';
import { parseJsonText } from './parse-json-text.ts';

/** What is missed of expectations about the body as JSON; that it is none is said once. */
export function missedJsonBody(
  { json, jsonSchema }: Pick<AnswerExpectations, 'json' | 'jsonSchema'>,
  answer: Answer,
  mask: Mask,
): Miss[] {
  if (Object.keys(json).length === 0 && jsonSchema === undefined) return [];
  const parsed = parseJson(answer, mask);
  if (!parsed.ok) return [parsed.miss];
  return [
    ...missedPaths(json, parsed.document, mask),
    ...missedSchema(jsonSchema, parsed.document, mask),
  ];
}

/** What is missed of expectations by path. */
export function missedPaths(
  json: AnswerExpectations['json'],
  document: unknown,
  mask: Mask,
): Miss[] {
  return Object.entries(json).flatMap(
    ([path, expectation]) => judgeJsonExpectation(document, path, expectation, mask) ?? [],
  );
}

type ParsedBody =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly miss: Miss };

function parseJson(answer: Answer, mask: Mask): ParsedBody {
  try {
    return { ok: true, document: parseJsonText(answer.body) };
  } catch {
    const cut = isCut(answer)
      ? ` (checks read the first 256 KiB of its ${answer.bodyBytes} bytes)`
      : '';
    const observed = answer.body === '' ? 'an empty one' : `${quoted(answer.body, mask)}${cut}`;
    return { ok: false, miss: { expected: 'a JSON body', observed } };
  }
}

/** The first thing wrong; what follows from it further up would only repeat it. */
function missedSchema(
  schema: AnswerExpectations['jsonSchema'],
  document: unknown,
  mask: Mask,
): Miss[] {
  if (schema === undefined) return [];
  const validator = new Validator(schema as Schema, jsonSchemaDraft(schema), true);
  const { valid, errors } = validator.validate(document);
  if (valid) return [];
  // The last error is the innermost: the library reports from the outside to the inside.
  const deepest = errors.at(-1);
  const observed =
    deepest === undefined
      ? 'another one'
      : mask(`at ${deepest.instanceLocation}: ${deepest.error.replace(/\.$/, '')}`);
  return [{ expected: 'a body that its JSON Schema allows', observed }];
}
