export { createHttpCatalog } from './httpCatalog';
export { createHttpStore } from './httpStore';
