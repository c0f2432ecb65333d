import { bad } from '../entry.ts';

/** What plain HTTP does not show: WebSocket, gRPC, certificates. */
export const badProtocols = [
  bad('web-socket-refused', 'configured check', 'The upgrade is refused'),
  bad('web-socket-silent', 'configured check', 'The WebSocket opens and never answers'),
  bad('web-socket-garbled', 'configured check', 'The WebSocket answers nonsense'),
];
