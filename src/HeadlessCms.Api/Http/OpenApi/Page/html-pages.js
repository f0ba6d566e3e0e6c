// Answers that a person reads open as a page: the server writes it, the browser shows it beside Swagger UI.
import { partOf } from './document.js';
import { keyOf } from './requests.js';

const asPage = async (system, url) => {
  const page = window.open('', '_blank');
  const answer = await fetch(url, { headers: { Accept: 'text/html', ...keyOf(system) } });
  const type = answer.headers.get('Content-Type') ?? 'text/plain';
  page.location = URL.createObjectURL(new Blob([await answer.text()], { type }));
};

const withLink = (LiveResponse, system) => (props) => {
  const { createElement } = system.React;
  const media = partOf(['paths', props.path, props.method, 'responses', '200', 'content']);
  const url = props.response?.get('url');
  const preview = url?.endsWith('/previews') && props.response.getIn(['obj', 'href']);
  return createElement(
    'div',
    null,
    media?.['text/html'] &&
      url &&
      createElement('button', { type: 'button', className: 'fold', onClick: () => asPage(system, url) }, 'Open as a page'),
    typeof preview === 'string' &&
      createElement('a', { className: 'fold', href: preview, target: '_blank', rel: 'noopener' }, 'Open the preview'),
    createElement(LiveResponse, props),
  );
};

export const htmlPages = { wrapComponents: { liveResponse: withLink } };
