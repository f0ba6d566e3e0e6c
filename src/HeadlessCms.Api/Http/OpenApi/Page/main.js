// Extends Swagger UI into a page that an editor can use all day: plugins, interceptors and settings of Swagger UI, and no fork of it.
import { entityTags } from './entity-tags.js';
import { forms } from './forms.js';
import { keys } from './keys.js';
import { light } from './light.js';
import { lists } from './lists.js';
import { overview } from './overview.js';

// Swashbuckle passes plugins and interceptors as text to evaluate, which the content security policy forbids.
const bundle = window.SwaggerUIBundle;
window.SwaggerUIBundle = Object.assign(
  (config) =>
    bundle({
      ...config,
      plugins: [keys, light, overview, forms, lists],
      requestInterceptor: entityTags.send,
      responseInterceptor: entityTags.remember,
    }),
  bundle,
);
