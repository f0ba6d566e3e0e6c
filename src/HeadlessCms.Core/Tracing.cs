using System.Diagnostics;

namespace HeadlessCms.Core;

/// <summary>
/// The app's own spans, one for each stage between a save and a delivery, and the trace context that joins them across transactions and
/// nodes (W3C Trace Context). Without a listener nothing is created.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the source.</summary>
    public const string Name = "HeadlessCms";

    /// <summary>The maximum length of a <c>traceparent</c>.</summary>
    public const int ParentLength = 55;

    private const int MaxLinks = 32;

    /// <summary>The source of the spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// The <c>traceparent</c> of the work that goes on, to be stored with what follows from it. Null where nobody records a trace and the
    /// caller sent none: it would lead nowhere.
    /// </summary>
    public static string? Parent =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } now && (now.Recorded || now.ParentId is not null) ? now.Id : null;

    /// <summary>
    /// Starts a span for work that follows from others, possibly of other nodes and much earlier. It is linked to them, because it may
    /// follow from many and may be repeated for days.
    /// </summary>
    /// <param name="name">The name of the stage.</param>
    /// <param name="parents">The <c>traceparent</c> of each, as they were stored.</param>
    public static Activity? Follow(string name, params IEnumerable<string?> parents)
    {
        if (!Source.HasListeners())
            return null;
        var links = new List<ActivityLink>();
        foreach (var parent in parents.Take(MaxLinks))
            if (ActivityContext.TryParse(parent, null, isRemote: true, out var context))
                links.Add(new ActivityLink(context));
        return Source.StartActivity(ActivityKind.Internal, links: links, name: name);
    }
}
