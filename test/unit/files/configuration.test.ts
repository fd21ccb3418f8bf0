import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../../src/discover/configuration/configuration';
import { settingsOf } from '../../../src/files/configuration';
import { Ignored } from '../../../src/files/ignored';
import { filledIn, fromEnvironment } from '../../../src/hazards/references/placeholders';
import { engine } from '../../harness/hazardEngine';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function workspace(files: Readonly<Record<string, string>>): Configuration {
  root = mkdtempSync(path.join(os.tmpdir(), 'configuration-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return new Configuration(settingsOf(root, new Ignored(root, { folder: root, patterns: [] }, false)));
}

const told = (configuration: Configuration, file: string, name: string) => {
  const { text, origin } = fromEnvironment(configuration.of(file), name);
  return `${text ?? '?'} ${origin ?? ''}`.trim();
};

const compose = `x-common: &common
  AUDIT_TOPIC: audit
services:
  billing:
    build: ./billing
    environment:
      <<: *common
      IN_TOPIC: orders
      OUT_TOPIC: \${BILLED:-billed}
      LATE_TOPIC: late.\${REGION}
  shipping:
    build: { context: ., dockerfile: shipping/Dockerfile }
    environment:
      - IN_TOPIC=billed
  ready:
    image: example/ready
    environment: { IN_TOPIC: anything, DONE_TOPIC: done }
`;

describe('what files of a workspace set', () => {
  it('in a Compose file is for the programs that each service is built from', () => {
    const read = workspace({ 'compose.yml': compose, '.env': 'BILLED=invoices\n' });
    expect(told(read, 'billing/main.go', 'IN_TOPIC')).toBe('orders compose.yml:8');
    expect(told(read, 'billing/cmd/main.go', 'OUT_TOPIC')).toBe('invoices compose.yml:9');
    expect(told(read, 'billing/main.go', 'AUDIT_TOPIC')).toBe('audit compose.yml:2');
    expect(told(read, 'shipping/src/index.ts', 'IN_TOPIC')).toBe('billed compose.yml:14');
  });

  it('in a Compose file for a service that is not built here is known by its name', () => {
    const read = workspace({ 'compose.yml': compose });
    expect(told(read, 'other/main.py', 'DONE_TOPIC')).toBe('done compose.yml:17');
    expect(told(read, 'billing/main.go', 'LATE_TOPIC')).toBe('?');
  });

  it('is not guessed where two files differ: both are said', () => {
    const read = workspace({ '.env': 'IN_TOPIC=orders\n', '.env.production': '# here\nIN_TOPIC=sales\n' });
    expect(told(read, 'main.py', 'IN_TOPIC')).toBe('? orders in .env:1, sales in .env.production:2');
  });

  it('is no conflict where two files say the same, or an example says otherwise', () => {
    const read = workspace({
      '.env': 'IN_TOPIC=orders\n',
      '.env.production': 'IN_TOPIC=orders\n',
      '.env.example': 'IN_TOPIC=your-topic\nOUT_TOPIC=paid\n',
      '.env.test': 'IN_TOPIC=tried\n',
    });
    expect(told(read, 'main.py', 'IN_TOPIC')).toBe('orders .env:1');
    expect(told(read, 'main.py', 'OUT_TOPIC')).toBe('paid .env.example:2');
  });

  it('near to a program comes before what is set for all', () => {
    const read = workspace({ '.env': 'IN_TOPIC=all\n', 'billing/.env': 'IN_TOPIC=orders\n' });
    expect(told(read, 'billing/app.py', 'IN_TOPIC')).toBe('orders billing/.env:1');
    expect(told(read, 'shipping/app.py', 'IN_TOPIC')).toBe('all .env:1');
  });

  it('of Spring is asked by placeholders, in all spellings, and the environment comes first', () => {
    const read = workspace({
      'shop/src/main/resources/application.yml':
        'app:\n  order-topic: orders.${app.region:eu}\n  region: us\n  lists: [a, b]\n  paidTopic: paid\n',
      'shop/src/main/resources/application.properties': 'app.region=asia\n',
      'compose.yml': 'services:\n  shop:\n    build: shop\n    environment:\n      APP_PAIDTOPIC: settled\n',
    });
    const environment = read.of('shop/src/main/java/Listener.java');
    expect(filledIn(environment, '${app.orderTopic}')).toEqual({
      text: 'orders.asia',
      confidence: 'config',
      origin: 'shop/src/main/resources/application.yml:2, shop/src/main/resources/application.properties:1',
    });
    expect(filledIn(environment, '${app.paid-topic}').text).toBe('settled');
    expect(filledIn(environment, '${app.missing:fallback}')).toEqual({ text: 'fallback', confidence: 'config' });
    expect(filledIn(environment, 'in.${app.missing}')).toEqual({ text: 'in.*', confidence: 'template' });
    expect(filledIn(environment, '${app.missing:${app.region}}').text).toBe('asia');
    expect(filledIn(environment, '${app.missing}').text).toBeNull();
    expect(filledIn(read.of('other/Listener.java'), '${app.region}').text).toBeNull();
  });

  it('for one profile of Spring differs from the rest is not guessed', () => {
    const read = workspace({
      'src/main/resources/application.yml': 'app.topic: orders\n',
      'src/main/resources/application-dev.yml': 'app:\n  topic: dev-orders\n',
    });
    expect(told(read, 'src/main/java/A.java', 'app.topic')).toBe(
      '? dev-orders in src/main/resources/application-dev.yml:2, orders in src/main/resources/application.yml:1',
    );
  });

  it('that refers to itself ends', () => {
    const read = workspace({ 'application.properties': 'a.b=${c.d}\nc.d=${a.b}\n' });
    expect(told(read, 'A.java', 'a.b')).toBe('? application.properties:1, application.properties:2');
  });

  it('of .NET has keys with colons, that the environment names with two underscores', () => {
    const read = workspace({
      'Shop/appsettings.json':
        '\uFEFF{\n  // where orders come from\n  "Kafka": { "OrderTopic": "orders", "Group": "shop" }\n}\n',
      'compose.yml': 'services:\n  shop:\n    build: Shop\n    environment: { Kafka__Group: billing }\n',
    });
    expect(told(read, 'Shop/Program.cs', 'kafka:ordertopic')).toBe('orders Shop/appsettings.json:3');
    expect(told(read, 'Shop/Program.cs', 'Kafka:Group')).toBe('billing compose.yml:4');
  });

  it('of Celery are its default queue and the routes of its tasks', () => {
    const read = workspace({
      'shop/celeryconfig.py':
        "task_default_queue = 'jobs'\ntask_routes = {\n    'shop.tasks.*': {'queue': 'math'},\n}\n",
    });
    expect(told(read, 'shop/tasks.py', 'celery.task_default_queue')).toBe('jobs shop/celeryconfig.py:1');
    expect(told(read, 'shop/tasks.py', 'celery.task_routes.shop.tasks.*')).toBe('math shop/celeryconfig.py:3');
  });

  it('of Celery sends tasks to the queues of its routes, else to its default queue', async () => {
    const read = workspace({
      'shop/celeryconfig.py':
        "broker_url = 'redis://cache'\ntask_default_queue = 'jobs'\ntask_routes = {\n    'shop.tasks.add*': {'queue': 'math'},\n}\n",
    });
    const source =
      'from celery import shared_task\n\n@shared_task\ndef add_up(): ...\n\n@shared_task()\ndef tidy(): ...\n';
    const { references } = await engine.scanText('python', source, 'shop/tasks.py', {
      environment: read.of('shop/tasks.py'),
    });
    expect(
      references.map(({ line, role, system, destination, origin }) => [line, role, system, destination, origin]),
    ).toEqual([
      [6, 'consume', 'redis', 'jobs', 'shop/celeryconfig.py:2'],
      [3, 'consume', 'redis', 'math', 'shop/celeryconfig.py:4'],
    ]);
  });

  it('is left out where it belongs to others, cannot be read or is too long', () => {
    const read = workspace({
      'node_modules/theirs/.env': 'IN_TOPIC=theirs\n',
      'target/classes/application.yml': 'in: old\n',
      'compose.yml': 'services: [unclosed',
      'big/.env': `IN_TOPIC=${'x'.repeat(300_000)}\n`,
    });
    for (const file of ['main.py', 'node_modules/theirs/a.py', 'big/a.py', 'target/classes/A.java'])
      expect(told(read, file, 'IN_TOPIC')).toBe('?');
  });

  it('names the queue that the source looks up, and where it does', async () => {
    const read = workspace({ 'compose.yml': compose, '.env': 'OUT_TOPIC=x\n' });
    const source = `import os
from kafka import KafkaConsumer
KafkaConsumer(os.environ["IN_TOPIC"], group_id=os.getenv("GROUP", "billing"))
KafkaConsumer(os.getenv("OUT_TOPIC", "default"))
`;
    const { references } = await engine.scanText('python', source, 'billing/app.py', {
      environment: read.of('billing/app.py'),
    });
    expect(
      references.map(({ destination, group, confidence, origin }) => [destination, group, confidence, origin]),
    ).toEqual([
      ['billed', null, 'config', 'compose.yml:9'],
      ['orders', 'billing', 'config', 'compose.yml:8'],
    ]);
  });

  it('in files that differ leaves the source’s own default open', async () => {
    const read = workspace({ '.env': 'IN_TOPIC=orders\n', '.env.dev': 'IN_TOPIC=dev\n' });
    const source = `from kafka import KafkaConsumer\nKafkaConsumer(os.getenv("IN_TOPIC", "default"))\n`;
    const { references } = await engine.scanText('python', source, 'app.py', { environment: read.of('app.py') });
    expect(references).toMatchObject([
      { destination: null, confidence: 'unknown', origin: 'orders in .env:1, dev in .env.dev:1' },
    ]);
  });
});
