import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cli } from '../../harness/cli';
import { folder, runFolder } from '../../harness/tools';

vi.setConfig({ testTimeout: 60_000 });

const files = {
  'compose.yml': 'services:\n  kafka:\n    image: apache/kafka\n    ports: ["19092:9092"]\n',
  '.env': 'OUT_TOPIC=validated\n',
  'validator/go.mod': 'module example.com/validator\n',
  'validator/main.go': `package main

import (
	"os"

	"github.com/segmentio/kafka-go"
)

func main() {
	_ = kafka.NewReader(kafka.ReaderConfig{Topic: "orders", GroupID: "validator"})
	_ = &kafka.Writer{Topic: os.Getenv("OUT_TOPIC")}
}
`,
  'billing/package.json': '{}',
  'billing/worker.ts': `import { Kafka } from 'kafkajs';
const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'billing' });
await consumer.subscribe({ topic: 'validated' });
`,
};

function workspace(): string {
  const root = mkdtempSync(path.join(folder(runFolder, 'topology'), 'shop-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return root;
}

describe('backpressure topology', () => {
  it('prints a pipeline that joins services of two languages through a variable of .env', async () => {
    const { code, stdout } = await cli(['topology'], { cwd: workspace() });
    expect(code).toBe(0);
    expect(stdout).toContain('  kafka:\n    url: kafka://127.0.0.1:19092 # compose.yml:');
    expect(stdout).toContain(`stages:
  billing:
    consumes:
      - destination: validated # billing/worker.ts:3 (literal)
        group: billing
  validator:
    consumes:
      - destination: orders # validator/main.go:10 (literal)
        group: validator
    produces:
      - destination: validated # validator/main.go:11 (config of .env:1)
`);
  });

  it('writes it once, and over it only by force', async () => {
    const root = workspace();
    const file = path.join(root, 'backpressure.yaml');
    expect((await cli(['topology', '--write'], { cwd: root })).code).toBe(0);
    writeFileSync(file, 'pipeline: mine\n');
    const refused = await cli(['topology', '--write'], { cwd: root });
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^--write: .*backpressure\.yaml is there already; --force writes over it\n$/);
    expect(readFileSync(file, 'utf8')).toBe('pipeline: mine\n');
    expect((await cli(['topology', '--write', '--force'], { cwd: root })).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('group: billing');
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});
