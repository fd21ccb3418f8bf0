/** What the editor asks the language server beside the language protocol, apart from the schemas of the answers (`asked`). */
export const methods = {
  ofDocument: 'backpressure/references',
  ofWorkspace: 'backpressure/allReferences',
  hazardsOfFile: 'backpressure/hazards',
  loopAsPool: 'backpressure/loopAsPool',
} as const;
