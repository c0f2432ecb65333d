import type { WebSocketCheckConfig } from '../config/schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { WebSocketExchange } from '../ports/web-socket-transport.ts';
import { listenerUrl, planHeaders, renderBody } from './probe-plan.ts';
import { expandReferences, type ReferenceValues } from './references.ts';
import { resolveJson, resolveText } from './resolve-expectations.ts';

/** What is said in one exchange of a WebSocket check; time and size are up to the runner. */
export function planExchange(
  check: WebSocketCheckConfig,
  listener: Listener,
  values: ReferenceValues,
): Pick<WebSocketExchange, 'url' | 'headers' | 'subprotocol' | 'send' | 'tls'> {
  const path = expandReferences(check.path, values, encodeURIComponent);
  return {
    url: listenerUrl(listener, path).replace(/^http/, 'ws'),
    headers: planHeaders(check.headers, values),
    subprotocol: check.subprotocol,
    send: renderBody(check.send, values),
    tls: check.tls,
  };
}

/** The check with the references in its expectations replaced. */
export function resolveWebSocketCheck(
  check: WebSocketCheckConfig,
  values: ReferenceValues,
): WebSocketCheckConfig {
  const { expect } = check;
  return {
    ...check,
    expect: {
      ...expect,
      json: resolveJson(expect.json, values),
      ...(expect.reply === undefined ? {} : { reply: resolveText(expect.reply, values) }),
    },
  };
}
