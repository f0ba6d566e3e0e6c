namespace HeadlessCms.Api.Platform;

/// <summary>What the program is to do.</summary>
internal enum Verb
{
    /// <summary>Serve.</summary>
    Serve,

    /// <summary>Bring the schema up to date, and end.</summary>
    Migrate,

    /// <summary>Ask the app on this machine whether it is ready, and end: 0 is yes.</summary>
    Health,
}

/// <summary>The verb of a command line: its first word that is no option.</summary>
internal static class Verbs
{
    public static Verb Of(string[] args) => args is [var first, ..] && !first.StartsWith('-')
        ? Enum.TryParse<Verb>(first, ignoreCase: true, out var verb) ? verb : throw new ArgumentException($"There is no verb '{first}': migrate, health, or none to serve.")
        : Verb.Serve;
}
