import http from 'node:http';

/** Kept open between calls; a connection that waits for the next one does not keep the process. */
const agent = new http.Agent({ keepAlive: true });

/** One call of the Lambda Runtime API. @returns {Promise<{ headers: Record<string, string>, body: string }>} */
export function callRuntimeApi(method, path, body, headers = {}) {
  const [hostname, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path, headers, agent });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    request.end(body);
  });
}
