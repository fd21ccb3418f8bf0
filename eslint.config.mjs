import { importX, createNodeResolver } from 'eslint-plugin-import-x';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** DESIGN invariant 1: what a room may import of ours. A shell may import every room, never another shell. */
export const rooms = {
  model: [],
  protocol: ['model'],
  measure: ['model'],
  diagnose: ['model'],
  hazards: ['model'],
  generate: ['model'],
  discover: ['model'],
  files: ['model', 'hazards', 'discover'],
  extension: ['model', 'protocol', 'measure', 'diagnose', 'hazards', 'generate', 'discover', 'files'],
  server: ['model', 'protocol', 'hazards', 'discover', 'files'],
  cli: ['model', 'measure', 'diagnose', 'hazards', 'generate', 'discover', 'files'],
};
const zones = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: ['./src', './webview', './test'],
  except: undefined,
  room,
  allowed,
}));
const roomZones = zones.flatMap(({ room, allowed, target }) => [
  {
    target,
    from: Object.keys(rooms)
      .filter((other) => other !== room && !allowed.includes(other))
      .map((other) => `./src/${other}`),
    message: `src/${room} may import only itself${allowed.length ? ` and src/{${allowed.join(',')}}` : ''} (ARCHITECTURE.md, invariant 1).`,
  },
  { target, from: ['./webview', './test'], message: 'The product never imports the page or its tests.' },
]);

/** Rooms without input, output or clock (DESIGN invariant 1): time and files come in as arguments. */
const pureRooms = ['model', 'protocol', 'diagnose', 'generate', 'discover'];
/** Reading must change nothing on a broker: these are the only calls of SQS there are. */
const sqsReads = {
  name: '@aws-sdk/client-sqs',
  allowImportNames: [
    'SQSClient',
    'SQSClientConfig',
    'ListQueuesCommand',
    'GetQueueUrlCommand',
    'GetQueueAttributesCommand',
  ],
  message: 'measure only reads.',
};
/** Calls of the NATS client that change something, or take a message. */
const natsWrites = [
  'CallExpression[callee.property.name=/^(publish|request|respond|purge|deleteMessage|getMessage|pause|resume|reset|unpin)/]',
  'CallExpression[callee.property.name=/^(add|update|delete|get)$/][callee.object.property.name=/^(streams|consumers)$/]',
  'ImportSpecifier[imported.name=/^(jetstream|headers)$/]',
].map((selector) => ({ selector, message: 'measure only reads.' }));
/** Of kafkajs only what connects, authenticates and sends; its public clients write, and its broker has a call for everything. */
const kafkaCarriers = {
  paths: [{ name: 'kafkajs', allowTypeImports: true, message: 'measure only reads.' }],
  patterns: [
    {
      regex: '^kafkajs/(?!src/(broker|loggers|network/(connectionPool|socketFactory))$)',
      message: 'measure only reads.',
    },
  ],
};
/** Requests that Kafka only answers stand in `apiKeys`; there is no other way to name one, and no other call of a broker. */
const kafkaWrites = [
  'Property[key.name="apiKey"]:not([value.object.name=/^(apiKeys|call)$/])',
  'CallExpression[callee.property.name=/^(produce|fetch|commit|offsetCommit|joinGroup|syncGroup|leaveGroup|heartbeat|txn|endTxn|initProducer|add(Partitions|Offsets)|(create|delete|alter|elect)[A-Z])/]',
].map((selector) => ({ selector, message: 'measure only reads.' }));
/** Of ioredis one file makes connections, and one sends what the type of its commands allows. */
const redisWrites = [
  'CallExpression[callee.property.name=/^(call|sendCommand|multi|defineCommand|eval|evalsha|fcall|publish|x(add|ack|del|trim|claim|autoclaim|group|read|readgroup|setid)|[lr](push|pop|rem|set|trim|insert|move)x?|b[lrz]\\w*pop\\w*|[hsz](add|set|del|rem|incrby|pop)\\w*|flush(all|db)|rename(nx)?|unlink|p?expire(at)?|incr(by)?)$/i]',
  'CallExpression[callee.property.name="callBuffer"]:not([arguments.0.name="name"])',
].map((selector) => ({ selector, message: 'measure only reads.' }));
/** Of AMQP only passive checks; `http` and `management` only get. */
const rabbitmqWrites = [
  'CallExpression[callee.property.name=/^(assert|bind|unbind|delete|purge)(Queue|Exchange)|^(publish|sendToQueue|consume|cancel|ack|ackAll|nack|nackAll|reject|prefetch|recover|createConfirmChannel)$/]',
  'CallExpression[callee.property.name="get"][callee.object.name="channel"]',
].map((selector) => ({ selector, message: 'measure only reads.' }));
/** What is read by HTTP is read by HttpReader, which can only get. */
const httpByReader = {
  rooms: ['nats', 'prometheus', 'rabbitmq'].map((room) => `src/measure/${room}/**/*.ts`),
  paths: ['node:http', 'node:https', 'http', 'https', 'undici'].map((name) => ({
    name,
    message: 'measure only reads: by HttpReader.',
  })),
};
/** On Node 20 both may be collected as garbage before they fire. */
const lostSignals = ['any', 'timeout'].map((property) => ({
  ...{ object: 'AbortSignal', property },
  message: 'Node 20 may collect it before it fires: use limited() of measure/within.',
}));
const noClock = [
  { object: 'Date', property: 'now', message: 'Pure rooms read no clock: take the time as an argument.' },
  { object: 'performance', property: 'now', message: 'Pure rooms read no clock: take the time as an argument.' },
  { object: 'Math', property: 'random', message: 'Pure rooms are repeatable: take a seeded generator as an argument.' },
];
const nodeOnly = {
  group: ['node:*', 'fs', 'path', 'net', 'http', 'https', 'child_process'],
  message: 'This room does no input or output.',
};
/** They reach rules or languages, which are one bundle: another import would put them into the importer's as well. */
const notByReading = [
  'across/join',
  'engine',
  'judge',
  'languages/all',
  'pool/pool',
  'rules/all',
  'sarif',
  'summary',
  'typed',
];
const byReading = {
  regex: `/hazards/(${notByReading.join('|')})$`,
  allowTypeImports: true,
  message: 'Import it from src/hazards/reading, or only its types.',
};
const only = (name, where) => ({ name, message: `Only ${where} may import ${name}.` });
const vscodeOnly = only('vscode', 'src/extension');
const serverOnly = only('vscode-languageserver', 'src/server');

export default defineConfig(
  {
    ignores: [
      'dist',
      '.tools',
      '.run',
      'node_modules',
      'test/corpus',
      'test/fixtures',
      'test/editor/workspace',
      'src/hazards/rules/**/examples',
      'src/generate/code/templates',
    ],
  },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './webview/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: roomZones, basePath: import.meta.dirname }],
      'no-restricted-imports': ['error', { paths: [vscodeOnly, serverOnly] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: pureRooms.map((room) => `src/${room}/**/*.ts`),
    rules: {
      'no-restricted-imports': ['error', { paths: [vscodeOnly, serverOnly], patterns: [nodeOnly] }],
      'no-restricted-properties': ['error', ...noClock],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
    },
  },
  {
    files: ['src/hazards/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [vscodeOnly, serverOnly], patterns: [nodeOnly] }] },
  },
  {
    files: ['src/measure/sqs/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [vscodeOnly, serverOnly, sqsReads] }] },
  },
  {
    files: ['src/measure/kafka/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', kafkaCarriers],
      'no-restricted-syntax': ['error', ...kafkaWrites],
    },
  },
  { files: ['src/{measure,extension,cli}/**/*.ts'], rules: { 'no-restricted-properties': ['error', ...lostSignals] } },
  { files: ['src/measure/redis/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...redisWrites] } },
  { files: ['src/measure/rabbitmq/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...rabbitmqWrites] } },
  {
    files: httpByReader.rooms,
    rules: {
      'no-restricted-imports': ['error', { paths: [vscodeOnly, serverOnly, ...httpByReader.paths] }],
      'no-restricted-globals': ['error', { name: 'fetch', message: 'measure only reads: by HttpReader.' }],
    },
  },
  { files: ['src/measure/nats/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...natsWrites] } },
  {
    files: ['src/extension/**/*.ts', 'test/editor/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [serverOnly] }] },
  },
  {
    files: ['src/{cli,extension,files,server}/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [byReading] }] },
  },
  { files: ['src/server/**/*.ts'], rules: { 'no-restricted-imports': ['error', { paths: [vscodeOnly] }] } },
  {
    files: ['webview/**/*.{ts,tsx}'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            {
              target: './webview',
              from: './src',
              except: ['./model', './protocol'],
              message: 'The page imports only src/model and src/protocol.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.{mjs,js}'], extends: [tseslint.configs.disableTypeChecked] },
  prettier,
);
