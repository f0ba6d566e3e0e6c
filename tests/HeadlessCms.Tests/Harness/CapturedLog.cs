using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HeadlessCms.Tests.Harness;

/// <summary>A line of a log with its fields.</summary>
public sealed record LogLine(EventId Event, LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Fields)
{
    public string? Field(string name) => Fields[name]?.ToString();
}

/// <summary>Keeps what the app logs in the categories that <c>Logging:Captured</c> lets through.</summary>
[ProviderAlias("Captured")]
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <summary>The first line that fulfils the condition. Some are written only after the response was sent.</summary>
    public async Task<LogLine> LineAsync(Func<LogLine, bool> condition)
    {
        await Eventually.TrueAsync(() => Task.FromResult(_lines.Any(condition)));
        return _lines.First(condition);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var fields = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        _lines.Enqueue(new(eventId, logLevel, formatter(state, exception), fields.ToDictionary()));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose() { }
}
