// Keys: how they are read from what was pasted, where they are kept, how they are shown, and the exchange of the token in the URL that is
// printed at start for the development key.
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

// "Bearer cms_…", with quotes or spaces around it: the field takes what follows "Bearer".
const bare = (value) => (typeof value === 'string' ? value.replace(/^[\s"'`]*(?:bearer\s+)?|[\s"'`]+$/gi, '') : value);

const clean = (action) => (payload) =>
  action(Object.fromEntries(Object.entries(payload).map(([id, key]) => [id, { ...key, value: bare(key.value) }])));

const withCheckbox = (Form, system) => (props) => {
  const { createElement } = system.React;
  const changed = (event) => {
    remember = event.target.checked;
    keep(system);
  };
  const checkbox = createElement('input', { type: 'checkbox', defaultChecked: remember, onChange: changed });
  return createElement('div', null, createElement(Form, props), createElement('label', null, checkbox, ' Remember on this computer'));
};

// Commands are copied into mails and tickets.
const masked = (Curl, system) => (props) => {
  const authorization = props.request.getIn(['headers', 'Authorization']);
  return system.React.createElement(Curl, {
    ...props,
    request: authorization ? props.request.setIn(['headers', 'Authorization'], 'Bearer cms_…') : props.request,
  });
};

// The token is removed from the URL before Swagger UI reads the fragment as a deep link.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token) history.replaceState(null, '', location.pathname + location.search);
let developmentKey = token
  ? fetch('/docs/key', { method: 'POST', headers: { 'Docs-Token': token } }).then((answer) => (answer.status === 200 ? answer.text() : null))
  : Promise.resolve(null);

const fill = (action, system) => async (payload) => {
  action(payload);
  const value = await developmentKey;
  developmentKey = null; // once: the editor may have given another one by the time another document is chosen
  const schema = system.specSelectors.specJson().getIn(['components', 'securitySchemes', 'key']);
  if (value && schema) system.authActions.authorizeWithPersistOption({ key: { name: 'key', schema: schema.toJS(), value } });
};

export const keys = {
  statePlugins: {
    // persistAuthorizationIfNeeded: instead of Swagger UI's own, which writes to localStorage.
    auth: {
      wrapActions: { authorize: clean, persistAuthorizationIfNeeded: (_, system) => () => keep(system) },
    },
    configs: { wrapActions: { loaded: restore } },
    spec: { wrapActions: { updateJsonSpec: fill } },
  },
  wrapComponents: { HttpAuth: withCheckbox, curl: masked },
};
