/**
 * What knows languages and rules, in a bundle of its own (esbuild.mjs) that the language server, the command line and its
 * threads share. Other rooms have it from here, and no other module that reaches rules or languages (eslint.config.mjs);
 * whoever does not read source yet imports it when it does.
 */
export { Package, type Joined } from './across/join';
export { Engine } from './engine';
export { pooled } from './pool/pool';
export { describedRule, ruleIds } from './rules/all';
export { sarifOf } from './sarif';
export { failing, inOrder, newSince, passedByRule, sayingOf, withSettings } from './summary';
export { TypedText } from './typed';
