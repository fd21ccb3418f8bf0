export * from './stock';
export { ORDERS as orders } from '../topics';
export * as topics from '../topics';
