import type { InputTransformer } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { followEventPath, readEventPath } from './json-path.ts';

/** What the reserved variables stand for (EventBridge user guide, input transformation). */
export interface DeliveryContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When EventBridge took the event, epoch milliseconds. */
  readonly ingestedAtMs: number;
}

const placeholder = /<([\w.-]+)>/g;
const mostVariables = 100;

/** Checks a transformer as PutTargets does; throws ValidationException. */
export function checkInputTransformer(transformer: InputTransformer, targetId: string): void {
  const { InputPathsMap: paths = {}, InputTemplate: template = '' } = transformer;
  const invalid = (reason: string) =>
    new AwsError(
      'ValidationException',
      `Invalid InputTransformer for target ${targetId} : ${reason}`,
    );
  if (Object.keys(paths).length > mostVariables) {
    throw invalid(`InputPathsMap has more than ${mostVariables} entries.`);
  }
  for (const [name, path] of Object.entries(paths)) {
    if (/^aws/i.test(name)) throw invalid(`variable ${name} begins with AWS, which is reserved.`);
    readEventPath(path, `variable ${name} of target ${targetId}`);
  }
  const probe = fillTemplate(template, (_name, quoted) => (quoted ? 'x' : '0'));
  if (!isJsonOrLines(probe)) {
    throw new AwsError(
      'ValidationException',
      `Invalid InputTemplate for target ${targetId} : it is neither JSON nor quoted text.`,
    );
  }
}

/** The text that the target gets; quoted lines lose their quotes, as AWS sends them. */
export function transformInput(
  { InputPathsMap: paths = {}, InputTemplate: template = '' }: InputTransformer,
  event: EventEnvelope,
  context: DeliveryContext,
): string {
  const value = (name: string): unknown => {
    const reserved = reservedVariable(name, event, context);
    if (reserved !== undefined) return reserved;
    const path = paths[name];
    return path === undefined ? undefined : followEventPath(readEventPath(path, name), event);
  };
  return fillTemplate(template, (name, quoted) => render(value(name), quoted));
}

function reservedVariable(
  name: string,
  event: EventEnvelope,
  { ruleArn, ruleName, ingestedAtMs }: DeliveryContext,
): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return ruleArn;
    case 'aws.events.rule-name':
      return ruleName;
    case 'aws.events.event.ingestion-time':
      return `${new Date(ingestedAtMs).toISOString().slice(0, 19)}Z`;
    case 'aws.events.event.json':
      return event;
    case 'aws.events.event': {
      const { detail: _, ...rest } = event;
      return rest;
    }
    default:
      return undefined;
  }
}

/**
 * A variable that leads nowhere is empty. Standing alone a value keeps its type; inside quotes text is
 * escaped and structures lose their quotes, so that the result stays JSON [observed in emulators' parity tests].
 */
function render(value: unknown, quoted: boolean): string {
  if (!quoted) return JSON.stringify(value ?? '');
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value).replaceAll('"', '');
}

function fillTemplate(
  template: string,
  replace: (name: string, quoted: boolean) => string,
): string {
  let quoted = false;
  let scanned = 0;
  return template.replace(placeholder, (_match, name: string, at: number) => {
    for (; scanned < at; scanned++) {
      if (template[scanned] === '\\') scanned++;
      else if (template[scanned] === '"') quoted = !quoted;
    }
    return replace(name, quoted);
  });
}

function isJsonOrLines(text: string): boolean {
  if (parses(text)) return true;
  return text.split('\n').every((line) => line.trim() === '' || parses(line.trim()));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
