import type { Tag } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

/** Tags of one resource, characters of a key and of a value (API reference, TagResource). */
const mostTags = 50;
const longestKey = 128;
const longestValue = 256;

/** Throws InvalidParameterException, in words of ours, for tags that break a documented restriction. */
export function tagMap(tags: readonly Tag[] | undefined): Map<string, string> {
  const map = new Map((tags ?? []).map(({ key = '', value = '' }) => [key, value]));
  if (map.size < (tags?.length ?? 0)) throw invalid('Each tag key must be unique.');
  for (const [key, value] of map) {
    if (key.length < 1 || key.length > longestKey) {
      throw invalid(`Tag keys must have 1 to ${longestKey} characters, not ${key.length}.`);
    }
    if (value.length > longestValue) {
      throw invalid(`The value of the tag '${key}' must have at most ${longestValue} characters.`);
    }
    const strange = [key, value].find((text) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text));
    if (strange !== undefined) {
      throw invalid(`The tag '${key}' has characters that are not allowed: '${strange}'.`);
    }
  }
  requireRoom(map.size);
  return map;
}

/** Adds tags to a resource that has some. */
export function addTags(held: Map<string, string>, tags: readonly Tag[] | undefined): void {
  const added = tagMap(tags);
  requireRoom(new Set([...held.keys(), ...added.keys()]).size);
  for (const [key, value] of added) held.set(key, value);
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([key, value]) => ({ key, value }));
}

function requireRoom(count: number): void {
  if (count > mostTags) {
    throw invalid(`A resource can have at most ${mostTags} tags, not ${count}.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
