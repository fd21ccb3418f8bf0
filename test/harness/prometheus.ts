import { mkdtemp, writeFile } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import path from 'node:path';
import { debianServers } from './debian';
import { freePorts, start } from './process';
import { folder, run, runFolder, which, type Need } from './tools';

/** A Prometheus of one test file: what it is asked about must not be older than five minutes, so none is shared. */
export interface PrometheusServer {
  /** Its broker URL. */
  url: string;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** host:port of what it scrapes every second. */
  scrape?: string[];
  /** Samples of the past as OpenMetrics text with times, ending in `# EOF`. */
  past?: string;
  /** The only user that is let in; Prometheus takes the password as bcrypt only. */
  user?: { name: string; password: string; bcrypt: string };
  /** Certificate and key of its TLS listener. */
  tls?: { cert: string; key: string };
}

/** Where the programs are. */
export interface PrometheusPrograms {
  prometheus: string;
  /** Checks what Prometheus reads, and writes pasts. */
  promtool: string;
}

/** Prometheus and promtool: the machine's own, else Debian's. */
export async function prometheusPrograms(): Promise<Need<PrometheusPrograms>> {
  const [prometheus, promtool] = [which('prometheus'), which('promtool')];
  if (prometheus && promtool) return { ok: true, value: { prometheus, promtool } };
  const debian = await debianServers();
  if (!debian.ok) return debian;
  const { bin } = debian.value;
  return { ok: true, value: { prometheus: path.join(bin, 'prometheus'), promtool: path.join(bin, 'promtool') } };
}

/**
 * Starts a Prometheus on a free port of loopback.
 * @throws when it does not come up twice in a row
 */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<PrometheusServer> {
  // Another process may have taken the port between asking for it and using it.
  return startOnce(options).catch(() => startOnce(options));
}

async function startOnce({ scrape = [], past, user, tls }: PrometheusOptions): Promise<PrometheusServer> {
  const found = await prometheusPrograms();
  if (!found.ok) throw new Error(found.reason);
  const { prometheus, promtool } = found.value;
  const [port = 0] = await freePorts(1);
  const home = await mkdtemp(path.join(folder(runFolder), 'prometheus-'));
  const data = folder(home, 'data');
  const write = async (name: string, text: string) => {
    const file = path.join(home, name);
    await writeFile(file, text);
    return file;
  };
  if (past !== undefined) {
    const file = await write('past.txt', past);
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', file, data], { maxBuffer: 16 * 1024 * 1024 });
  }
  const targets = JSON.stringify([{ job_name: 'tests', scrape_interval: '1s', static_configs: [{ targets: scrape }] }]);
  const config = await write('prometheus.yml', `scrape_configs: ${targets}\n`);
  const web = {
    ...(user && { basic_auth_users: { [user.name]: user.bcrypt } }),
    ...(tls && { tls_server_config: { cert_file: tls.cert, key_file: tls.key } }),
  };
  const server = await start({
    command: prometheus,
    args: [
      ...[`--config.file=${config}`, `--storage.tsdb.path=${data}`, '--storage.tsdb.retention.time=30d'],
      ...[`--web.config.file=${await write('web.yml', JSON.stringify(web))}`, `--web.listen-address=127.0.0.1:${port}`],
      '--log.level=warn',
    ],
    log: path.join(home, 'server.log'),
    ready: () => isReady(port, tls !== undefined, user ? `${user.name}:${user.password}` : undefined),
  });
  return { url: `prometheus+http${tls ? 's' : ''}://127.0.0.1:${port}`, stop: () => server.stop() };
}

/** A refusal is no answer yet: before it is ready it refuses too. fetch() would not take a certificate of our own. */
function isReady(port: number, secure: boolean, auth: string | undefined): Promise<boolean> {
  const options = { host: '127.0.0.1', port, path: '/-/ready', auth, agent: false, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsGet : httpGet)(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', reject);
  });
}
