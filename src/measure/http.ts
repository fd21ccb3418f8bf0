import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import type { ConnectionOptions } from 'node:tls';
import { longestAnswer, tooLong } from './inflow';
import { breathe } from './slices';

/** For basic authentication. */
export interface HttpCredentials {
  username: string;
  password: string;
}

/** What an answer says before its body. */
export interface HttpHead {
  status: number;
  /** Content type as sent, in lower case; empty where none was. */
  type: string;
}

/** The whole answer, when its body has been handed on. */
export interface HttpEnd extends HttpHead {
  /** Of the body. */
  bytes: number;
}

/** GET, and nothing else, of one HTTP server. Connections are kept between calls; counts what it costs. */
export class HttpReader {
  requests = 0;
  bytes = 0;
  private readonly agent: HttpAgent;

  /**
   * @param base an http: or https: address
   * @param tls what a certificate is checked against; fetch() would take no authority of one's own
   * @param sockets connections at once; further calls wait for one
   */
  constructor(
    readonly base: URL,
    private readonly credentials: HttpCredentials | null,
    tls: ConnectionOptions,
    sockets: number,
  ) {
    const keep = { keepAlive: true, maxSockets: sockets };
    this.agent = base.protocol === 'https:' ? new HttpsAgent({ ...keep, ...tls }) : new HttpAgent(keep);
  }

  /**
   * Hands the body on piece by piece, as text, so that a large one need not be held.
   * @param take what it throws ends the call
   * @throws {FloodError} when it is longer than any answer
   * @throws what Node's http throws, or the signal's reason
   */
  async get(
    url: URL,
    accept: string,
    signal: AbortSignal,
    take: (text: string, head: HttpHead) => void,
  ): Promise<HttpEnd> {
    this.requests += 1;
    try {
      const response = await this.callUntilFresh(url, accept, signal);
      const head = { status: response.statusCode ?? 0, type: (response.headers['content-type'] ?? '').toLowerCase() };
      refuseCompressed(response);
      const decoder = new StringDecoder('utf8');
      let bytes = 0;
      for await (const piece of response as AsyncIterable<Buffer>) {
        bytes += piece.length;
        this.bytes += piece.length;
        if (bytes > longestAnswer) throw tooLong();
        take(decoder.write(piece), head);
        // Node reads on as long as there is something to read: a fast server would keep everybody else waiting.
        await breathe();
      }
      const rest = decoder.end();
      if (rest) take(rest, head);
      return { ...head, bytes };
    } catch (error) {
      throw signal.aborted ? (signal.reason as Error) : error;
    }
  }

  /** Ends the connections, also those in use. */
  close(): void {
    this.agent.destroy();
  }

  /** Connections that were kept may have been closed by the server just now: then by the next, at last by a new one. */
  private async callUntilFresh(url: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
    for (;;) {
      try {
        return await this.call(url, accept, signal);
      } catch (error) {
        if (!(error instanceof StaleConnectionError)) throw error;
      }
    }
  }

  private call(url: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers: Record<string, string> = { accept, 'accept-encoding': 'identity' };
    if (this.credentials) {
      const { username, password } = this.credentials;
      headers.authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    }
    return new Promise((resolve, reject) => {
      const call = request(url, { agent: this.agent, headers, signal }, resolve);
      call.once('error', (error) => {
        const isStale = call.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
        reject(isStale ? new StaleConnectionError() : error);
      });
      call.end();
    });
  }
}

/** Nothing is ever unpacked: what is small on the way and vast in the memory stays small. */
function refuseCompressed(response: IncomingMessage): void {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return;
  response.destroy();
  throw new Error(`the answer is compressed though nobody asked for it (${encoding.slice(0, 20)})`);
}

class StaleConnectionError extends Error {}
