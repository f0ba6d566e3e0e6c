using System.Text.RegularExpressions;
using Npgsql;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>
/// How many SQL statements a request costs: PostgreSQL itself writes them down while some requests are made one by one. It does so then
/// only: what is measured is not slowed down by it.
/// </summary>
internal sealed partial class StatementLog(string adminConnectionString, string logFile)
{
    private const int Sample = 100;

    /// <summary>Statements a request, the beginning and end of transactions among them.</summary>
    public async Task<double> CountAsync(AppServer app, IReadOnlyList<byte[]> requests, Func<AppServer, byte[], Task> ask)
    {
        await using var admin = NpgsqlDataSource.Create(adminConnectionString);
        await SetAsync(admin, "alter system set log_line_prefix = '%a|'", "alter system set log_statement = 'all'");
        await Task.Delay(300); // backends take the settings over one by one
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
