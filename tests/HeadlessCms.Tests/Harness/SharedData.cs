using System.Runtime.CompilerServices;

namespace HeadlessCms.Tests.Harness;

/// <summary>Real news data beside the checkout; not part of the project.</summary>
public static class SharedData
{
    /// <summary>The path of a file of it; the test is skipped, by name, where it is missing.</summary>
    public static string Require(string name, [CallerFilePath] string here = "") => Require("data", name, here);

    /// <summary>The path of a standard's file beside the checkout, in the same way.</summary>
    public static string RequireStandard(string name, [CallerFilePath] string here = "") => Require("standards", name, here);

    private static string Require(string kind, string name, string here)
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(here)!); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", kind, name);
            if (File.Exists(path))
                return path;
        }

        Assert.Skip($"shared/{kind}/{name} is missing.");
        return "";
    }
}
