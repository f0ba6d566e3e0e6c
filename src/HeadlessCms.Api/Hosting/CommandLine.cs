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

    /// <summary>Save a public vocabulary, and end: <c>load media-topics FILE</c>.</summary>
    Load,

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
    /// <summary>The word after the subject: the file of a vocabulary.</summary>
    public string? File { get; init; }

    /// <exception cref="InvalidSettingsException">There is no such verb.</exception>
    public static CommandLine Of(string[] args)
    {
        if (args is not [var first, ..] || first.StartsWith('-'))
            return new(Verb.Serve, null, args);
        if (!Enum.TryParse<Verb>(first.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var verb))
            throw new InvalidSettingsException(
                $"There is no verb '{first}': migrate, health, import, load, reindex-search, train-suggestions, or none to serve."
            );
        var subject = args.Length > 1 && !args[1].StartsWith('-') ? args[1] : null;
        var file = verb == Verb.Load && args.Length > 2 && !args[2].StartsWith('-') ? args[2] : null;
        return new(
            verb,
            subject,
            args[
                (
                    file is not null ? 3
                    : subject is not null ? 2
                    : 1
                )..
            ]
        )
        {
            File = file,
        };
    }

    /// <summary>What the app is built with: its settings, and where its files are when it is started from another directory.</summary>
    public WebApplicationOptions Host() =>
        new() { Args = Settings, ContentRootPath = System.IO.File.Exists("appsettings.json") ? null : AppContext.BaseDirectory };
}
