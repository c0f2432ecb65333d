/** The file that CloudFormation puts beside inline code, found by `require('cfn-response')`. */
export const cfnResponseFile = 'cfn-response.js';

/** CloudFormation looks into the code for it (user guide, "cfn-response module"). */
export function usesCfnResponse(inlineCode: string): boolean {
  return /['"`]cfn-response['"`]/.test(inlineCode);
}

/**
 * Written for the simulator after the module's documentation: SUCCESS, FAILED and send, which puts the answer to
 * the ResponseURL, ends the function by `context.done` where the runtime has it, and can be awaited.
 */
export const cfnResponseSource = `'use strict';
const https = require('node:https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, responseStatus, responseData, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const end = (line) => {
      console.log(line);
      if (context.done) context.done();
      resolve();
    };
    https
      .request(event.ResponseURL, { method: 'PUT', headers }, (response) => {
        response.resume();
        end('Status code: ' + response.statusCode);
      })
      .on('error', (error) => end('send(..) failed: ' + error.message))
      .end(body);
  });
};
`;
