import { createHash } from 'node:crypto';
import { type Intrinsic, IntrinsicError, object, shortText, text } from './arguments.ts';

const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const textFunctions = {
  Base64Encode: (value) => Buffer.from(shortText(value), 'utf8').toString('base64'),
  Base64Decode: (value) => {
    const encoded = shortText(value);
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return Buffer.from(encoded, 'base64').toString();
    throw new IntrinsicError(`'${encoded}' is not Base64`);
  },
  Hash: (value, algorithm) => {
    const name = hashAlgorithms[text(algorithm)];
    if (name) return createHash(name).update(shortText(value), 'utf8').digest('hex');
    const known = Object.keys(hashAlgorithms).join(', ');
    throw new IntrinsicError(`The algorithm must be one of ${known}, not ${algorithm}`);
  },
  /** Every character of the second argument separates; empty parts are dropped. */
  StringSplit: (value, separators) => {
    const marks = new Set(text(separators));
    const parts = [''];
    for (const character of text(value)) {
      if (marks.has(character)) parts.push('');
      else parts.push(`${parts.pop()}${character}`);
    }
    return parts.filter((part) => part !== '');
  },
  StringToJson: (value) => {
    try {
      return JSON.parse(text(value));
    } catch (error) {
      throw new IntrinsicError(`The string is not JSON: ${(error as Error).message}`);
    }
  },
  JsonToString: (value) => JSON.stringify(value),
  JsonMerge: (left, right, deep) => {
    if (deep !== false) {
      throw new IntrinsicError(
        'Only shallow merging is supported: the third argument must be false',
      );
    }
    return Object.fromEntries([...Object.entries(object(left)), ...Object.entries(object(right))]);
  },
} satisfies Readonly<Record<string, Intrinsic>>;
