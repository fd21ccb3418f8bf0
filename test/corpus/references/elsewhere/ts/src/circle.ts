export { around } from './circleBack';
