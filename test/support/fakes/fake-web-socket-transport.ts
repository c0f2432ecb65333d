import type {
  WebSocketAnswer,
  WebSocketExchange,
  WebSocketTransport,
} from '../../../functions/core/ports/web-socket-transport.ts';

/** Opens every socket and echoes what is sent, unless the test says otherwise. */
export class FakeWebSocketTransport implements WebSocketTransport {
  readonly exchanges: WebSocketExchange[] = [];
  answer: (exchange: WebSocketExchange, number: number) => WebSocketAnswer = ({
    subprotocol,
    send,
    awaitReply,
  }) => ({
    kind: 'opened',
    subprotocol,
    reply: awaitReply ? (send ?? 'hello') : undefined,
    durationMs: 5,
  });

  async exchange(exchange: WebSocketExchange): Promise<WebSocketAnswer> {
    const number = this.exchanges.push(exchange) - 1;
    return this.answer(exchange, number);
  }
}
