/** WebSocket and gRPC: the HTTP side of these releases is sound. */
export const protocols = {
  'web-socket-refused': {
    refuseUpgrade:
      'HTTP/1.1 426 Upgrade Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
  },
  'web-socket-silent': { socketReply: () => undefined },
  'web-socket-garbled': { socketReply: (said) => [...said].reverse().join('') },
  'grpc-not-serving': { grpcHealth: () => ({ serving: 'NOT_SERVING' }) },
  'grpc-service-missing': {
    grpcHealth: (service) => (service === '' ? { serving: 'SERVING' } : { status: 5 }),
  },
  'grpc-flapping': {
    grpcHealth: (_service, { served }) => ({
      serving: served % 3 === 0 ? 'NOT_SERVING' : 'SERVING',
    }),
  },
};
