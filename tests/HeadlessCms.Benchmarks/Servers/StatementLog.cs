using System.Text.RegularExpressions;
using Npgsql;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>
/// Counts the SQL statements of a request. PostgreSQL logs them while some requests are sent one by one, and only then, so that logging
/// does not slow down the measurements.
/// </summary>
internal sealed partial class StatementLog(string adminConnectionString, string logFile)
{
    private const int Sample = 100;

    /// <summary>Statements per request, including the begin and end of transactions.</summary>
    public async Task<double> CountAsync(AppServer app, IReadOnlyList<byte[]> requests, Func<AppServer, byte[], Task> ask)
    {
        await using var admin = NpgsqlDataSource.Create(adminConnectionString);
        await SetAsync(admin, "alter system set log_line_prefix = '%a|'", "alter system set log_statement = 'all'");
        await Task.Delay(300); // each backend reloads its settings on its own
        var from = new FileInfo(logFile).Length;
        var count = Math.Min(Sample, requests.Count);
        for (var i = 0; i < count; i++)
            await ask(app, requests[i]);
        await SetAsync(admin, "alter system reset log_statement", "alter system reset log_line_prefix");

        await using var log = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = from;
        using var reader = new StreamReader(log);
        return (double)Statement().Count(await reader.ReadToEndAsync()) / count;
    }

    private static async Task SetAsync(NpgsqlDataSource admin, params string[] settings)
    {
        foreach (var setting in settings.Append("select pg_reload_conf()"))
        {
            await using var command = admin.CreateCommand(setting);
            await command.ExecuteNonQueryAsync();
        }
    }

    [GeneratedRegex($@"^(?!{Bench.ApplicationName}\|)[^|\n]*\|LOG:  (execute|statement)", RegexOptions.Multiline)]
    private static partial Regex Statement();
}
