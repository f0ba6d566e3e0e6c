// Extends Swagger UI into a page that an editor can use all day: plugins, interceptors and settings of Swagger UI, and no fork of it.
import { access } from './access.js';
import { forms } from './forms.js';
import { keys } from './keys.js';
import { light } from './light.js';
import { lists } from './lists.js';
import { overview } from './overview.js';
import { pages } from './pages.js';
import { sending } from './sending.js';

// Swashbuckle passes plugins and interceptors as text to evaluate, which the content security policy forbids.
const bundle = window.SwaggerUIBundle;
window.SwaggerUIBundle = Object.assign(
  (config) =>
    bundle({
      ...config,
      plugins: [access, keys, light, overview, forms, lists, pages],
      requestInterceptor: sending.send,
      responseInterceptor: sending.remember,
    }),
  bundle,
);
