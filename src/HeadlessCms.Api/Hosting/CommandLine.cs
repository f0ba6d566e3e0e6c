using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Hosting;

/// <summary>What the program is to do.</summary>
internal enum Verb
{
    /// <summary>Serve.</summary>
    Serve,

    /// <summary>Bring the schema up to date, and end.</summary>
    Migrate,

    /// <summary>Ask the app on this machine whether it is ready, and end: 0 is yes.</summary>
    Health,

    /// <summary>Save a file of articles, or of concepts of a kind, and end.</summary>
    Import,

    /// <summary>Make the words that search looks up anew, and end: <c>reindex-search</c>.</summary>
    ReindexSearch,

    /// <summary>Learn from the live stories what to suggest, and end: <c>train-suggestions</c>.</summary>
    TrainSuggestions,
}

/// <summary>A command line: a verb, what it is about, and settings.</summary>
/// <param name="Verb">Its first word that is no setting.</param>
/// <param name="Subject">The word after the verb.</param>
/// <param name="Settings">All else: <c>--name=value</c>.</param>
internal sealed record CommandLine(Verb Verb, string? Subject, string[] Settings)
{
    /// <exception cref="InvalidSettingsException">There is no such verb.</exception>
    public static CommandLine Of(string[] args)
    {
        if (args is not [var first, ..] || first.StartsWith('-'))
            return new(Verb.Serve, null, args);
        if (!Enum.TryParse<Verb>(first.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var verb))
            throw new InvalidSettingsException(
                $"There is no verb '{first}': migrate, health, import, reindex-search, train-suggestions, or none to serve."
            );
        var subject = args.Length > 1 && !args[1].StartsWith('-') ? args[1] : null;
        return new(verb, subject, args[(subject is null ? 1 : 2)..]);
    }

    /// <summary>What the app is built with: its settings, and where its files are when it is started from another directory.</summary>
    public WebApplicationOptions Host() =>
        new() { Args = Settings, ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory };
}
