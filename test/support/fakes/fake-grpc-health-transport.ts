import type {
  GrpcHealthAnswer,
  GrpcHealthRequest,
  GrpcHealthTransport,
} from '../../../functions/core/ports/grpc-health-transport.ts';

/** Every service is SERVING, unless the test says otherwise. */
export class FakeGrpcHealthTransport implements GrpcHealthTransport {
  readonly requests: GrpcHealthRequest[] = [];
  answer: (request: GrpcHealthRequest, number: number) => GrpcHealthAnswer = () => ({
    kind: 'answer',
    serving: 'SERVING',
    durationMs: 5,
  });

  async check(request: GrpcHealthRequest): Promise<GrpcHealthAnswer> {
    const number = this.requests.push(request) - 1;
    return this.answer(request, number);
  }
}
