import type http2 from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Http2Fixture, h2c, type StreamAnswer } from './http2-fixture.ts';

let fixture: Http2Fixture;
beforeEach(() => {
  fixture = new Http2Fixture();
});
afterEach(() => fixture.stop());

describe('health checks', () => {
  it.each([
    ['GRPC', '12', 'healthy', undefined],
    ['GRPC', '0', 'unhealthy', 'Health checks failed with these codes: [0]'],
    ['GRPC', 'none', 'unhealthy', 'Health checks failed'],
    ['HTTP2', '12', 'healthy', undefined],
  ] as const)('of a %s group see grpc-status %s as %s', async (version, code, state, reason) => {
    const group = fixture.versionGroup('rpc', version);
    await fixture.secureListener(group);
    const seen: http2.IncomingHttpHeaders[] = [];
    const answer: StreamAnswer = (stream, headers) => {
      seen.push(headers);
      const status = code === 'none' ? {} : { 'grpc-status': code };
      stream.respond({ ':status': 200, ...status }, { endStream: true });
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(answer));
    await fixture.reached(group, '10.0.0.1', state);
    expect(fixture.model.targetHealth(group.arn)[0]?.description).toBe(reason);
    expect(seen[0]).toMatchObject(
      version === 'GRPC'
        ? { ':method': 'POST', ':path': '/AWS.ALB/healthcheck', 'content-type': 'application/grpc' }
        : { ':method': 'GET', ':path': '/' },
    );
  });

  it('read a gRPC status that comes after the message', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    await fixture.secureListener(group);
    const answer: StreamAnswer = (stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '12' }));
      stream.end('x');
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(answer));
    await fixture.reached(group, '10.0.0.1', 'healthy');
    expect(fixture.state(group, '10.0.0.1')).toBe('healthy');
  });

  it('of a GRPC group fail where nobody speaks HTTP/2', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1');
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(fixture.model.targetHealth(group.arn)[0]?.reason).toBe('Target.FailedHealthChecks');
  });
});
