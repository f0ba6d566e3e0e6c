// Forms: fields start empty, long texts have a box of lines, and nothing is sent that the editor did not write.
import { withKinds } from './pick-lists.js';
import { debouncedText } from './rendering.js';

const eachOperation = (document, visit) => {
  for (const path of Object.values(document.paths ?? {})) for (const operation of Object.values(path)) if (operation?.responses) visit(operation);
};

// Swagger UI fills examples in, and they would be sent: a filter that nobody asked for, or an entity tag that is not the current one.
const withoutExamples = (document) => {
  eachOperation(document, (operation) => {
    // The page sends a key of its own: a double click saves once.
    operation.parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'Idempotency-Key');
    for (const parameter of operation.parameters) {
      if (parameter.example !== undefined) parameter.description = `${parameter.description ?? ''} Example: \`${parameter.example}\``;
      delete parameter.example;
      if (parameter.name !== 'If-Match') continue;
      parameter.required = false;
      parameter.description = 'The entity tag of the version that you read. Left empty, it is that of what this page read or saved last.';
    }
  });
  return document;
};

const prepared = (action) => (document) => action(withKinds(withoutExamples(document)));

// A form asks for the sample of each field, to begin with; a request body asks for its media type's.
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

// An empty field is sent only where the editor says so: in a patch it empties its member.
const notIncluded = (IncludeEmpty, system) => (props) =>
  system.React.createElement(IncludeEmpty, { ...props, isIncludedOptions: { ...props.isIncludedOptions, defaultValue: false } });

export const forms = {
  afterLoad(system) {
    const { fn } = system;
    const sample = fn.getSampleSchema;
    fn.getSampleSchema = (schema, mediaType, ...rest) => (mediaType === false ? empty(schema) : sample(schema, mediaType, ...rest));
  },
  statePlugins: { spec: { wrapActions: { updateJsonSpec: prepared } } },
  wrapComponents: { JsonSchema_string: text, ParameterIncludeEmpty: notIncluded },
};
