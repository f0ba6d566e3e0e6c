using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Reflection;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The format that a writer writes.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WritesAttribute(FeedFormatName format) : Attribute
{
    public FeedFormatName Format { get; } = format;
}

/// <summary>The one writer of each format: a class with <see cref="WritesAttribute"/>, made with the output.</summary>
internal static class FeedWriters
{
    private static readonly FrozenDictionary<FeedFormatName, Type> Types = typeof(FeedWriters)
        .Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(WritesAttribute)))
        .ToFrozenDictionary(type => type.GetCustomAttribute<WritesAttribute>()!.Format);

    public static IFeedWriter Of(FeedFormat format, PipeWriter output) =>
        (IFeedWriter)Activator.CreateInstance(Types[format.Format], output)!;
}
