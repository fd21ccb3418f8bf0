import {
  NatsConnectionImpl,
  setTransportFactory,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { nodeResolveHost, NodeTransport } from '@nats-io/transport-node/lib/node_transport';
import { limitInflow } from '../inflow';

/** With a few hundred nodes of a cluster in it, no greeting comes near it. Bytes. */
const longestGreeting = 256 * 1024;

/** The client's own way to the server, which takes whatever it is sent, with bounds. */
class BoundedTransport extends NodeTransport {
  override peekInfo() {
    const info = super.peekInfo();
    limitInflow(this.socket, { longest: longestGreeting });
    return info;
  }

  override setupHandlers(): void {
    super.setupHandlers();
    limitInflow(this.socket);
  }
}

/** The client's own `connect`, over bounded transports. */
export function connectBounded(options: ConnectionOptions): Promise<NatsConnection> {
  setTransportFactory({ factory: () => new BoundedTransport(), dnsResolveFn: nodeResolveHost });
  return NatsConnectionImpl.connect(options);
}
