using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using HeadlessCms.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// A folder in which Kiota and NSwag write C# from the documents. It is compiled against the packages of the tests, so no network is
/// needed. Run <c>dotnet tool restore</c> to install both.
/// </summary>
internal sealed class CSharpClients : IDisposable
{
    // As a build that writes documentation has it.
    private static readonly CSharpParseOptions Options = new(
        LanguageVersion.Latest,
        DocumentationMode.Diagnose,
        preprocessorSymbols: ["NET", "NET10_0", "NET5_0_OR_GREATER", "NET8_0_OR_GREATER", "NETCOREAPP", "NETCOREAPP3_1_OR_GREATER"]
    );

    private readonly TemporaryDirectory _folder = new();
    private readonly IReadOnlyList<string> _documents;

    public CSharpClients(IEnumerable<(string Name, string Json)> documents)
    {
        _documents = [.. documents.Select(document => document.Name)];
        foreach (var (name, json) in documents)
            File.WriteAllText(At($"{name}.json"), json);
        // Kiota looks for a newer version once an hour, and warns where it finds no network.
        Directory.CreateDirectory(At("kiota/update"));
        File.WriteAllText(At("kiota/update/timestamp.txt"), DateTimeOffset.MaxValue.ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>Generates the clients of all documents, and returns what Kiota wrote to the console.</summary>
    public Task<IReadOnlyList<ToolRun>> KiotaAsync() =>
        GenerateAsync(name =>
            [
                "kiota",
                "generate",
                "--language",
                "CSharp",
                "--openapi",
                At($"{name}.json"),
                "--class-name",
                $"{Title(name)}Client",
                "--namespace-name",
                $"HeadlessCms.Clients.{Title(name)}",
                "--output",
                At($"Kiota/{name}"),
            ]
        );

    /// <summary>Generates the clients of all documents, and returns what NSwag wrote to the console.</summary>
    public Task<IReadOnlyList<ToolRun>> NSwagAsync() =>
        GenerateAsync(name =>
            [
                "nswag",
                "openapi2csclient",
                $"/input:{At($"{name}.json")}",
                $"/output:{At($"NSwag/{name}.cs")}",
                $"/className:{Title(name)}Client",
                $"/namespace:HeadlessCms.Clients.{Title(name)}",
                "/jsonLibrary:NewtonsoftJson", // with System.Text.Json it loses the names of enumerations' values
                "/generateNullableReferenceTypes:true",
                "/generateOptionalPropertiesAsNullable:true",
                "/generateOptionalParameters:true",
            ]
        );

    /// <summary>Compiles what a generator wrote, with programs that use it. Fails on a warning.</summary>
    public Assembly Compile(string generator, params IEnumerable<string> programs)
    {
        var files = Directory
            .EnumerateFiles(At(generator), "*.cs", SearchOption.AllDirectories)
            .Concat(programs.Select(program => Path.Combine(Folder(), "clients", program)));
        var compilation = CSharpCompilation.Create(
            $"{generator}Clients",
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                // As the SDK does: a package that was built for an older framework is no fault.
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]
            )
        );
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        var complaints = emitted.Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning).Take(20).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        return Assembly.Load(assembly.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<ToolRun>> GenerateAsync(Func<string, string[]> command)
    {
        var runs = new List<ToolRun>();
        foreach (var name in _documents)
        {
            var run = await Tool.RunAsync(
                "dotnet",
                ["tool", "run", .. command(name)],
                Folder(),
                ("TMPDIR", _folder.Path),
                ("KIOTA_CLI_TELEMETRY_OPTOUT", "true"),
                ("KIOTA_TUTORIAL_ENABLED", "false")
            );
            Assert.SkipWhen(run.ToString().Contains("dotnet tool restore", StringComparison.Ordinal), "Run dotnet tool restore.");
            runs.Add(run);
        }

        return runs;
    }

    private static string Title(string name) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name);

    private string At(string path) => Path.Combine(_folder.Path, path);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
