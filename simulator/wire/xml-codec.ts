import { XmlShapeDeserializer, XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';

const dateTime = 5;

function settings(namespace: string) {
  return {
    timestampFormat: { useTrait: true, default: dateTime },
    httpBindings: false,
    xmlNamespace: namespace,
    serviceNamespace: '',
  } as const;
}

/** A structure as one XML element named by its schema, with the namespace on it when one is given. */
export function writeXml(schema: NormalizedSchema, value: unknown, namespace = ''): string {
  const serializer = new XmlShapeSerializer(settings(namespace));
  serializer.write(schema, value);
  return String(serializer.flush());
}

/** Only the children of that element. */
export function writeXmlChildren(schema: NormalizedSchema, value: unknown): string {
  const element = writeXml(schema, value);
  const end = element.lastIndexOf('</');
  return end < 0 ? '' : element.slice(element.indexOf('>') + 1, end);
}

/** CDATA sections, and blanks that are no element's content: before an opening tag, or between two closing ones. */
const indentation = /<!\[CDATA\[.*?\]\]>|(?<=>)\s+(?=<[^/])|(?<=<\/[^<>]*>|<[^<>]*\/>)\s+(?=<\/)/gs;

/** Reads a structure from an XML document; throws AwsError `MalformedXML`. */
export function readXml(schema: NormalizedSchema, body: Buffer): Record<string, unknown> {
  try {
    // The SDK's reader, made for answers of AWS, takes blanks without a line end for an element's text; s3cmd sends some.
    const plain = body.toString().replace(indentation, (found) => found.trim());
    const value: unknown = new XmlShapeDeserializer(settings('')).read(schema, Buffer.from(plain));
    return value as Record<string, unknown>;
  } catch {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

const controls = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text content; characters that XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(controls, '\u{fffd}')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
