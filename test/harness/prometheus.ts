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
  /** Where and on what it runs, for one that is to take its place. */
  place: PrometheusPlace;
  stop(): Promise<void>;
}

export interface PrometheusPlace {
  port: number;
  home: string;
}

export interface PrometheusOptions {
  /** Of a server that was stopped: this one takes its place, and has its data. */
  place?: PrometheusPlace;
  /** host:port of what it scrapes every second, with path and query where it is not /metrics. */
  scrape?: string[];
  /** Texts of rule files that it evaluates. */
  rules?: string[];
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

async function startOnce({
  scrape = [],
  rules = [],
  past,
  user,
  tls,
  place,
}: PrometheusOptions): Promise<PrometheusServer> {
  const found = await prometheusPrograms();
  if (!found.ok) throw new Error(found.reason);
  const { prometheus, promtool } = found.value;
  const { port, home } = place ?? (await freePlace());
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
  const ruleFiles = await Promise.all(rules.map((text, i) => write(`rules-${i}.yml`, text)));
  const settings = JSON.stringify({ scrape_configs: scrapeJobs(scrape), rule_files: ruleFiles });
  const config = await write('prometheus.yml', settings);
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
  const url = `prometheus+http${tls ? 's' : ''}://127.0.0.1:${port}`;
  return { url, place: { port, home }, stop: () => server.stop() };
}

/** Pages at /metrics are one job, each other page is one of its own. */
function scrapeJobs(targets: readonly string[]) {
  const pages = targets.map((target) => new URL(`http://${target}`));
  const usual = pages.filter(({ pathname }) => pathname === '/');
  const odd = pages.filter(({ pathname }) => pathname !== '/');
  const job = (name: string, of: URL[], more: object = {}) => ({
    ...{ job_name: name, scrape_interval: '1s', static_configs: [{ targets: of.map(({ host }) => host) }] },
    ...more,
  });
  return [
    job('tests', usual),
    ...odd.map((page, i) => {
      const names = [...new Set(page.searchParams.keys())];
      const params = Object.fromEntries(names.map((name) => [name, page.searchParams.getAll(name)]));
      return job(`tests-${i}`, [page], { metrics_path: page.pathname, params });
    }),
  ];
}

async function freePlace(): Promise<PrometheusPlace> {
  const [port = 0] = await freePorts(1);
  return { port, home: await mkdtemp(path.join(folder(runFolder), 'prometheus-')) };
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
