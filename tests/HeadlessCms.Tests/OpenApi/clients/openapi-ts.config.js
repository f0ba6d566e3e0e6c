export default ['editorial', 'content', 'feeds'].map((api) => ({
  input: `./documents/${api}.json`,
  output: { path: `hey-api/${api}`, module: { extension: '.js' } },
}));
