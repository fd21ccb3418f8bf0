import { SourceMapConsumer } from 'source-map';

lexer.consume('orders', (token) => token); // nothing
