using System.Runtime.CompilerServices;

namespace HeadlessCms.Tests.Harness;

/// <summary>Files beside the checkout that are not part of the project, such as real news data.</summary>
public static class SharedData
{
    /// <summary>The path of a data file; skips the test where it is missing.</summary>
    public static string Require(string name, [CallerFilePath] string here = "") => Require("data", name, here);

    /// <summary>The path of a standard's file; skips the test where it is missing.</summary>
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
