using System.Globalization;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>The processor time of PostgreSQL and its backends (Linux only).</summary>
internal sealed class PostgresCpu(string postmasterFile)
{
    private const double TicksPerSecond = 100;

    public TimeSpan? Read()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var postmaster = File.ReadLines(postmasterFile).First().Trim();
        double ticks = 0;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(directory)[0]) || Fields(directory) is not { } fields)
                continue;
            var isPostmaster = Path.GetFileName(directory) == postmaster;
            // The fields after the name: state, ppid, …; utime, stime, and those of ended children.
            if (isPostmaster || fields[1] == postmaster)
                ticks += Number(fields[11]) + Number(fields[12]);
            if (isPostmaster)
                ticks += Number(fields[13]) + Number(fields[14]);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? Fields(string directory)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // the process has ended
        }
    }
}
