import { bad } from '../entry.ts';

const grpc = { profile: 'grpc', stage: 'grpc' } as const;

/** What plain HTTP does not show: WebSocket, gRPC, certificates. */
export const badProtocols = [
  bad('web-socket-refused', 'configured check', 'The upgrade is refused'),
  bad('web-socket-silent', 'configured check', 'The WebSocket opens and never answers'),
  bad('web-socket-garbled', 'configured check', 'The WebSocket answers nonsense'),
  bad('redirects-to-http', 'configured check', 'Redirects leave the encryption', {
    profile: 'https',
    stage: 'https',
  }),
  bad(
    'expired-certificate',
    'configured check',
    'The certificate of the test listener has expired',
    {
      variant: 'healthy',
      profile: 'https',
      stage: 'https-expired',
    },
  ),
  bad('expiring-certificate', 'configured check', 'The certificate has three days left', {
    variant: 'healthy',
    profile: 'https',
    stage: 'https-expiring',
  }),
  bad('grpc-not-serving', 'configured check', 'The gRPC server says NOT_SERVING', grpc),
  bad(
    'grpc-service-missing',
    'configured check',
    'The gRPC server does not know its service',
    grpc,
  ),
  bad('grpc-flapping', 'configured check', 'Every third answer is NOT_SERVING', grpc),
];
