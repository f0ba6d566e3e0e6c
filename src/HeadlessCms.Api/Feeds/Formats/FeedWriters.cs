using System.IO.Pipelines;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

internal static class FeedWriters
{
    public static IFeedWriter Of(FeedFormat type, PipeWriter output) =>
        type.Extension switch
        {
            "rss" => new RssWriter(output),
            "atom" => new AtomWriter(output),
            "json" => new JsonFeedWriter(output),
            _ => new NinjsWriter(output),
        };
}
