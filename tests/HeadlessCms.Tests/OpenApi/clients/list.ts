// What openapi-fetch takes from the types of openapi-typescript: parameters, whole responses and problems.
import createClient from 'openapi-fetch';
import type { components, paths } from './openapi-typescript/content.js';

type Article = components['schemas']['ArticleItem'];

export const headlines = async (baseUrl: string): Promise<string[] | components['schemas']['Problem']['type']> => {
  const content = createClient<paths>({ baseUrl });
  const { data, error } = await content.GET('/content/v1/articles', {
    params: { query: { topic: ['bilateral-relations'], relation: 'about', sort: '-publishedAt', limit: 5 } },
  });
  return data ? data.items.map((article: Article) => article.headline) : error.type;
};
