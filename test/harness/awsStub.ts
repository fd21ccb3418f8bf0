import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a call of AWS' JSON protocol is answered with; a null body never answers. */
export interface StubAnswer {
  status?: number;
  body: object | string | null;
  /** How much later it comes. */
  delayMs?: number;
}

/** A call as it came: its operation (`ListQueues`) and its input. */
export interface StubCall {
  operation: string;
  input: Record<string, unknown>;
}

export interface AwsStub {
  /** host:port */
  address: string;
  calls: StubCall[];
  close(): Promise<void>;
}

/** The refusal of an operation, as the JSON protocol words it. */
export const refusal = (type: string, status = 400): StubAnswer => ({
  status,
  body: { __type: `com.amazon.coral.service#${type}`, message: `refused: ${type}` },
});

/** Stands in for AWS where a test server cannot: refusals, pages, CloudWatch. Speaks JSON. */
export async function startAwsStub(answer: (call: StubCall) => StubAnswer): Promise<AwsStub> {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      const call = { operation, input: JSON.parse(body || '{}') as Record<string, unknown> };
      calls.push(call);
      const told = answer(call);
      if (told.body === null) return;
      const sent = typeof told.body === 'string' ? told.body : JSON.stringify(told.body);
      const length = Buffer.byteLength(sent);
      const head = { 'content-type': 'application/x-amz-json-1.0', 'content-length': length };
      setTimeout(() => response.writeHead(told.status ?? 200, head).end(sent), told.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
