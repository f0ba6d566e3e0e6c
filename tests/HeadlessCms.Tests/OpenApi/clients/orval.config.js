export default Object.fromEntries(
  ['editorial', 'content', 'feeds'].map((api) => [
    api,
    { input: `./documents/${api}.json`, output: { target: `orval/${api}/client.ts`, schemas: `orval/${api}/model`, client: 'fetch' } },
  ]),
);
