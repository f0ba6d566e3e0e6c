namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Endpoint metadata: the answer's <c>Link</c> header names feeds of the same content.</summary>
internal sealed record NamesFeeds;
