import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener, RoutingAction } from './state.ts';

/** What conditions look at. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly sourceIp: string;
}

/** The action of the first rule, by priority, all of whose conditions hold; else the default action. */
export function chooseAction(listener: Listener, request: RequestFacts): RoutingAction {
  const rule = listener.rules.find(({ conditions }) =>
    conditions.every((condition) => holds(condition, request)),
  );
  return rule
    ? (rule.servedAction ?? rule.action)
    : (listener.servedAction ?? listener.defaultAction);
}

function holds(condition: RuleCondition, request: RequestFacts): boolean {
  const [path = '/', query = ''] = splitOnce(request.url, '?');
  switch (condition.Field) {
    case 'path-pattern':
      return anyMatches(condition.PathPatternConfig?.Values, path, '');
    case 'host-header':
      return anyMatches(condition.HostHeaderConfig?.Values, hostName(request.headers.host), 'i');
    case 'http-header': {
      const { HttpHeaderName = '', Values } = condition.HttpHeaderConfig ?? {};
      const value = request.headers[HttpHeaderName.toLowerCase()];
      return value !== undefined && [value].flat().some((text) => anyMatches(Values, text, 'i'));
    }
    case 'http-request-method':
      return condition.HttpRequestMethodConfig?.Values?.includes(request.method) ?? false;
    case 'query-string':
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        [...new URLSearchParams(query)].some(
          ([key, value]) =>
            wildcard(Value, 'i').test(value) && (Key === undefined || wildcard(Key, 'i').test(key)),
        ),
      );
    case 'source-ip':
      return inBlocks(condition.SourceIpConfig?.Values ?? [], request.sourceIp);
    default:
      return false;
  }
}

function anyMatches(patterns: readonly string[] | undefined, text: string, flags: string): boolean {
  return (patterns ?? []).some((pattern) => wildcard(pattern, flags).test(text));
}

const compiled = new Map<string, RegExp>();
const mostCompiled = 10_000;

/** `*` stands for any run of characters, `?` for exactly one; compiled once, since every request asks. */
function wildcard(pattern: string, flags: string): RegExp {
  const key = `${flags} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const made = compile(pattern, flags);
  compiled.set(key, made);
  return made;
}

function compile(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '');
}

function inBlocks(blocks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', prefix] = block.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
