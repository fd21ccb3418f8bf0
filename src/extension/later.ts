/**
 * What the activation does not need, in a bundle of its own (esbuild.mjs): the schemas, the whole diagnosis, the YAML
 * parser and the language client. It is loaded by `import('./later')` when the first of them is used.
 */
export { analysis } from '../diagnose/analyze';
export { withCode } from '../diagnose/codePlaces';
export { renderHtml } from '../diagnose/render/html';
export { renderJson } from '../diagnose/render/json';
export { queueMarkdown, renderMarkdown, runbookMarkdown } from '../diagnose/render/markdown';
export { whatIf } from '../diagnose/whatIf';
export { readRecording } from '../measure/recording';
export { looksLikeAsyncApi } from '../discover/asyncapi/read';
export { findBrokers } from '../discover/brokers/find';
export { brokerAs, brokersOf } from '../discover/topology/brokers';
export { deriveTopology } from '../discover/topology/derive';
export { withDocuments } from '../discover/topology/documents';
export { merged } from '../discover/topology/merge';
export { processesOf } from '../discover/topology/processes';
export { remembering } from '../discover/topology/remember';
export { pipelineYaml } from '../discover/topology/write';
export { exporters, recognised } from '../generate/alerts/exporters/all';
export { defaultAlertOptions } from '../generate/alerts/words';
export { writeAlerts } from '../generate/alerts/write';
export { canJoin, joined } from '../generate/code/join';
export { codeLanguageNames, codeLanguages, scaffolds } from '../generate/code/kinds';
export { inPackage, packageOf } from '../generate/code/package';
export { CodeError, defaultName, sizeOf, templatePath, writeCode } from '../generate/code/render';
export { inStyle, styleOf } from '../generate/code/style';
export { parsePipelineFile } from '../model/pipelineFile';
export { report as reportSchema } from '../model/report';
export { fromChart } from '../protocol/chart';
export { parseFromPage } from '../protocol/fromPage';
export { asked, placedReference, referencesChanged } from '../protocol/references';
export { changesOf } from './recordedChanges';
export { answer } from './tools/answers';
export { LanguageClient, TransportKind } from 'vscode-languageclient/node';
