import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Tags,
} from 'yaml';
import { nestsDeeperThan } from '../core/yaml-nesting.ts';

/** Past this the aliases of a small template unfold into one that no stack has. */
const mostValues = 500_000;
/** Far more than any template takes, each level of which counts twice: once as a key's value, once as a map. */
const mostLevels = 500;

/**
 * A template in YAML 1.1 without timestamps, as CloudFormation reads it, short forms of the intrinsic functions
 * unfolded. Throws an Error with AWS's text.
 */
export function parseYaml(body: string): unknown {
  if (nestsDeeperThan(body, mostLevels)) {
    throw new Error('Template format error: YAML not well-formed. It is nested too deeply');
  }
  const document = parseDocument(body, {
    version: '1.1',
    merge: false,
    // Of two members of one name the last counts (measured: go-to-k/cdk-real-drift #1074), as in JSON.
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: (tags) => tags.filter(isSupported).map(withoutLetters),
  });
  const [error] = document.errors;
  if (error) {
    const [start] = error.linePos ?? [];
    const place = start ? `(line ${start.line}, column ${start.col})` : '';
    throw new Error(`Template format error: YAML not well-formed. ${place}`.trim());
  }
  return plainValue(document.contents, { document, values: 0 });
}

const unsupported = new Set(
  ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

const isSupported = (tag: Tags[number]) => typeof tag === 'string' || !unsupported.has(tag.tag);

/** y, n, Y and N stay texts, unlike in YAML 1.1's own words (SnakeYAML, Resolver.BOOL; PyYAML likewise). */
function withoutLetters(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:bool' || !tag.test) return tag;
  return { ...tag, test: new RegExp(`(?=..)${tag.test.source}`) };
}

interface Reading {
  readonly document: Document;
  values: number;
}

function plainValue(node: unknown, reading: Reading): unknown {
  reading.values++;
  if (reading.values > mostValues) {
    throw new Error('Template format error: YAML aliases exceed the maximum template size');
  }
  if (isAlias(node)) return plainValue(node.resolve(reading.document), reading);
  if (isScalar(node)) return tagged(node, node.value);
  if (isSeq(node)) {
    return tagged(
      node,
      node.items.map((item) => plainValue(item, reading)),
    );
  }
  if (!isMap(node)) return null;
  const entries = node.items.map(({ key, value }) => {
    return [memberName(key), plainValue(value, reading)] as const;
  });
  return tagged(node, Object.fromEntries(entries));
}

/** Names are texts as they are written: `No:` and `0123:` are not `false` and `83`. */
function memberName(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** `!Sub text` stands for `{ Fn::Sub: text }`, `!GetAtt A.B.C` for `{ Fn::GetAtt: [A, B.C] }`. */
function tagged({ tag }: Pick<Node, 'tag'>, value: unknown): unknown {
  if (!tag?.startsWith('!') || tag === '!') return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
  const dot = value.indexOf('.');
  return { 'Fn::GetAtt': dot < 0 ? value : [value.slice(0, dot), value.slice(dot + 1)] };
}
