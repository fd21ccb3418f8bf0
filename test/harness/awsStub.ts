import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

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
    void read(request).then((text) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      const call = { operation, input: JSON.parse(text || '{}') as Record<string, unknown> };
      calls.push(call);
      const { status = 200, body, delayMs = 0 } = answer(call);
      if (body === null) return;
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      const length = Buffer.byteLength(sent);
      const head = { 'content-type': 'application/x-amz-json-1.0', 'content-length': length };
      setTimeout(() => response.writeHead(status, head).end(sent), delayMs);
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

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return text;
}
