// Extends Swagger UI: where keys are kept, empty fields of forms, and the exchange of the token in the URL that is printed at start for the development key.
(() => {
  const name = 'headless-cms-keys';
  let remember = localStorage.getItem(name) !== null;

  const keep = (system) => {
    const keys = system.authSelectors.authorized();
    sessionStorage.removeItem(name);
    localStorage.removeItem(name);
    if (keys.size > 0) (remember ? localStorage : sessionStorage).setItem(name, JSON.stringify(keys.toJS()));
  };

  const restore = (action, system) => (payload) => {
    const keys = sessionStorage.getItem(name) ?? localStorage.getItem(name);
    action(payload);
    if (keys) system.authActions.restoreAuthorization({ authorized: JSON.parse(keys) });
  };

  const withCheckbox = (Form, system) => (props) => {
    const { createElement } = system.React;
    const changed = (event) => {
      remember = event.target.checked;
      keep(system);
    };
    const checkbox = createElement('input', { type: 'checkbox', defaultChecked: remember, onChange: changed });
    return createElement('div', null, createElement(Form, props), createElement('label', null, checkbox, ' Remember on this computer'));
  };

  // The logo of Swagger UI has an inline style, which the content security policy forbids.
  const title = (Logo, system) => () => system.React.createElement('span', null, document.title);

  // A field of a form starts empty: Swagger UI would send a sample of its own, and drop the line breaks of a text.
  const emptyField = (Field, system) => (props) => {
    if (!props.dispatchInitialValue) return system.React.createElement(Field, props);
    const schema = props.schema.get('x-multiline') ? props.schema.set('type', 'object') : props.schema; // drawn as a text area
    return system.React.createElement(Field, { ...props, schema, dispatchInitialValue: false });
  };

  // An empty field is sent only if its box is ticked: in a patch it would empty the member. Swagger UI ticks all of them.
  const unticked = (Box, system) => (props) =>
    system.React.createElement(Box, { ...props, isIncludedOptions: { ...props.isIncludedOptions, defaultValue: false } });

  const plugin = {
    statePlugins: {
      // Instead of Swagger UI's own, which writes to localStorage.
      auth: { wrapActions: { persistAuthorizationIfNeeded: (_, system) => () => keep(system) } },
      configs: { wrapActions: { loaded: restore } },
    },
    wrapComponents: { HttpAuth: withCheckbox, JsonSchemaForm: emptyField, Logo: title, ParameterIncludeEmpty: unticked },
  };

  // Swashbuckle passes plugins by name and evaluates the names, which the content security policy forbids.
  document.addEventListener('DOMContentLoaded', () => {
    const bundle = window.SwaggerUIBundle;
    window.SwaggerUIBundle = Object.assign((config) => bundle({ ...config, plugins: [plugin] }), bundle);
  });

  const fill = (value) => {
    const system = window.ui?.getSystem();
    const schema = system?.specSelectors.specJson().getIn(['components', 'securitySchemes', 'key']);
    if (schema) system.authActions.authorizeWithPersistOption({ key: { name: 'key', schema: schema.toJS(), value } });
    else setTimeout(() => fill(value), 50);
  };

  // The token is removed from the URL before Swagger UI reads the fragment as a deep link.
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return;
  history.replaceState(null, '', location.pathname + location.search);
  fetch('/docs/key', { method: 'POST', headers: { 'Docs-Token': token } }).then(async (answer) => {
    if (answer.status === 200) fill(await answer.text());
  });
})();
