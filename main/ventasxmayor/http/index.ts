export { createHttpStore } from './httpStore';
