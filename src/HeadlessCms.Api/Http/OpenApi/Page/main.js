// Extends Swagger UI into a page that an editor can use all day: plugins, interceptors and settings of Swagger UI, and no fork of it.
import { accessibility } from './accessibility.js';
import { apiDocument } from './document.js';
import { forms } from './forms.js';
import { htmlPages } from './html-pages.js';
import { keys } from './keys.js';
import { navigation } from './navigation.js';
import { pickLists } from './pick-lists.js';
import { rendering } from './rendering.js';
import { requests } from './requests.js';
import { saved } from './saved.js';

// Swashbuckle passes plugins and interceptors as text to evaluate, which the content security policy forbids.
const bundle = window.SwaggerUIBundle;
window.SwaggerUIBundle = Object.assign(
  (config) =>
    bundle({
      ...config,
      plugins: [apiDocument, accessibility, keys, rendering, navigation, forms, pickLists, saved, htmlPages],
      requestInterceptor: requests.send,
      responseInterceptor: requests.remember,
    }),
  bundle,
);
