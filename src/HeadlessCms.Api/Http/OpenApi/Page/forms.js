// Forms: fields start empty, long texts have a box of lines, and nothing is sent that the editor did not write.
import { debouncedText } from './rendering.js';

// A field and a parameter ask for a sample to begin with; a request body asks for its media type's.
const empty = (schema) => {
  const plain = schema?.toJS?.() ?? schema ?? {};
  return plain.default ?? ([plain.type].flat().includes('array') ? [] : '');
};

const linesOf = (name, schema) => (name === 'body' ? 16 : schema?.get('x-multiline') ? 3 : 1);

const text = (Original, system) => {
  const Text = debouncedText(system);
  return (props) => {
    const { createElement } = system.React;
    const schema = props.schema?.get ? props.schema : undefined;
    if (schema?.get('enum') || [schema?.get('type')].flat().includes('file')) return createElement(Original, props);
    const value = props.value?.toJS ? JSON.stringify(props.value) : props.value;
    return createElement(Text, {
      label: props.description,
      lines: linesOf(props.description, schema),
      value: value ?? '',
      className: props.errors?.size || props.errors?.length ? 'invalid' : '',
      disabled: props.disabled,
      onChange: (written) => props.onChange(written, props.keyName),
    });
  };
};

// An empty field is sent only where the editor says so: in a patch it empties its member. Swagger UI's own box has the same id for all.
const includeEmpty = (_, system) => ({ isIncluded, isDisabled, onChange }) => {
  const { createElement } = system.React;
  return createElement(
    'label',
    { className: `parameter__empty_value_toggle${isDisabled ? ' disabled' : ''}` },
    createElement('input', {
      type: 'checkbox',
      disabled: isDisabled,
      checked: !isDisabled && Boolean(isIncluded),
      onChange: (event) => onChange(event.target.checked),
    }),
    ' Send empty value',
  );
};

// Swagger UI takes what is written into a field for JSON where it can: 1e3 became 1000, and a list of one object the fields of that object.
const exact = (send) => (request) => {
  const { requestBody, requestContentType = '' } = request;
  if (!/form/.test(requestContentType) || typeof requestBody !== 'object' || requestBody === null) return send(request);
  const texts = Object.entries(requestBody).map(([name, value]) => [name, value instanceof Blob ? value : JSON.stringify(value)]);
  return send({ ...request, requestBody: Object.fromEntries(texts) });
};

export const forms = {
  afterLoad(system) {
    const { fn } = system;
    const { buildRequest, execute, getSampleSchema: sample } = fn;
    Object.assign(fn, { buildRequest: exact(buildRequest), execute: exact(execute) });
    fn.getSampleSchema = (schema, mediaType, ...rest) => (mediaType ? sample(schema, mediaType, ...rest) : empty(schema));
  },
  wrapComponents: { JsonSchema_string: text, ParameterIncludeEmpty: includeEmpty },
};
