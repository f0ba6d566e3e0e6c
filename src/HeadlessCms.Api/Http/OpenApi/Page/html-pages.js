// Answers that a person reads open as a page: the server writes it, the browser shows it beside Swagger UI.

const asPage = async (system, url) => {
  const page = window.open('', '_blank');
  const key = system.authSelectors.authorized().getIn(['key', 'value']);
  const answer = await fetch(url, { headers: { Accept: 'text/html', ...(key ? { Authorization: `Bearer ${key}` } : {}) } });
  const type = answer.headers.get('Content-Type') ?? 'text/plain';
  page.location = URL.createObjectURL(new Blob([await answer.text()], { type }));
};

const withLink = (LiveResponse, system) => (props) => {
  const { createElement } = system.React;
  const media = system.specSelectors.specJson().getIn(['paths', props.path, props.method, 'responses', '200', 'content']);
  const url = props.response?.get('url');
  return createElement(
    'div',
    null,
    media?.has('text/html') &&
      url &&
      createElement('button', { type: 'button', className: 'fold', onClick: () => asPage(system, url) }, 'Open as a page'),
    createElement(LiveResponse, props),
  );
};

export const htmlPages = { wrapComponents: { liveResponse: withLink } };
