export { around } from './circle';
