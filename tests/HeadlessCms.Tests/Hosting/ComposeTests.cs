using System.Runtime.CompilerServices;
using HeadlessCms.Tests.Harness;
using YamlDotNet.RepresentationModel;

namespace HeadlessCms.Tests.Hosting;

/// <summary>docker-compose.yml with the profile "scale", as Compose reads it: variables filled in, extensions and paths resolved.</summary>
public sealed class ComposeTests
{
    // These images have no program that could ask.
    private static readonly string[] WithoutHealthCheck = ["otel-collector"];

    // Come with the load balancer and the cache themselves.
    private static readonly string[] Scale = ["app-2", "haproxy", "otel-collector", "pgbouncer", "replica", "varnish"];

    [Fact]
    public async Task Without_a_profile_there_are_a_database_and_one_node()
    {
        var services = await ServicesAsync();

        Assert.Equal(
            ["app", "postgres"],
            services.Where(service => !service.Value.Children.ContainsKey("profiles")).Select(service => service.Key).Order()
        );
        Assert.Equal(Scale, services.Where(InScale).Select(service => service.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Host=postgres;Username=cms;Database=cms", Text(services["app"], "environment", "ConnectionStrings__Cms"));
        Assert.Equal("", Text(services["app"], "environment", "OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    [Fact]
    public async Task Every_service_is_limited_restarted_and_kept_from_new_privileges()
    {
        foreach (var (name, service) in await ServicesAsync(scale: true))
        {
            foreach (var limit in new[] { "mem_limit", "cpus", "pids_limit" })
                Assert.True(service.Children.ContainsKey(limit), $"{name}: {limit}");
            Assert.Equal("unless-stopped", Text(service, "restart"));
            Assert.Contains("no-new-privileges:true", Texts(service, "security_opt"));
            Assert.True(service.Children.ContainsKey("healthcheck") != WithoutHealthCheck.Contains(name), $"{name}: healthcheck");
        }
    }

    [Fact]
    public async Task A_service_waits_for_services_that_say_when_they_are_healthy()
    {
        var services = await ServicesAsync(scale: true);
        var waits = services.SelectMany(service =>
            Mapping(service.Value, "depends_on").Children.Select(other => (service.Key, On: $"{other.Key}", other.Value))
        );

        Assert.All(waits, wait =>
        {
            Assert.Equal("service_healthy", Text((YamlMappingNode)wait.Value, "condition"));
            Assert.True(services[wait.On].Children.ContainsKey("healthcheck"), $"{wait.Key} waits for {wait.On}");
            Assert.True(!InScale(services, wait.On) || InScale(services, wait.Key), $"{wait.Key} is started without {wait.On}");
        });
    }

    [Fact]
    public async Task Only_this_machine_reaches_the_published_ports()
    {
        var published = (await ServicesAsync(scale: true)).SelectMany(service => Texts(service.Value, "ports")).ToList();

        Assert.Equal(["127.0.0.1:5080:5080/tcp", "127.0.0.1:5081:8080/tcp", "127.0.0.1:5082:8080/tcp"], published.Order());
    }

    [Fact]
    public async Task Every_file_that_is_mounted_or_built_from_is_there()
    {
        var services = await ServicesAsync(scale: true);
        var mounted = services
            .SelectMany(service => Texts(service.Value, "volumes"))
            .Select(volume => volume.Split(':')[0])
            .Where(Path.IsPathRooted)
            .ToList();
        var built = services.Values.Select(service => Mapping(service, "build")).Where(build => build.Children.Count > 0).ToList();

        Assert.Contains(At("docs/compose/create-database.sh"), mounted);
        Assert.All(mounted, path => Assert.True(File.Exists(path), path));
        Assert.All(built, build =>
        {
            var file = build.Children.ContainsKey("dockerfile") ? Text(build, "dockerfile") : "Dockerfile";
            Assert.True(File.Exists(Path.Combine(Text(build, "context"), file)), file);
        });
    }

    [Fact]
    public async Task Secrets_are_files_and_docs_operating_says_how_to_make_each()
    {
        var (compose, operating) = (
            await ReadAsync(scale: true),
            await File.ReadAllTextAsync(At("docs/operating.md"), TestContext.Current.CancellationToken)
        );
        var files = Mapping(compose, "secrets").Children.Values.Select(secret => Text((YamlMappingNode)secret, "file")).ToList();

        Assert.Equal(6, files.Count);
        Assert.All(files, file => Assert.Contains(Path.GetFileName(file), operating, StringComparison.Ordinal));
        Assert.Equal(0, new FileInfo(At("docs/compose/unset")).Length);
    }

    [Fact]
    public async Task In_the_profile_both_nodes_go_through_the_pooler_and_send_telemetry()
    {
        var services = await ServicesAsync(scale: true);

        foreach (var node in new[] { "app", "app-2" })
        {
            Assert.StartsWith(
                "Host=pgbouncer;Port=6432;",
                Text(services[node], "environment", "ConnectionStrings__Cms"),
                StringComparison.Ordinal
            );
            Assert.Equal("http://otel-collector:4318", Text(services[node], "environment", "OTEL_EXPORTER_OTLP_ENDPOINT"));
            Assert.Contains(Secrets(services[node]), secret => Text(secret, "target") == "ConnectionStrings__CmsLive");
        }

        var pooler = await File.ReadAllTextAsync(At("docs/compose/pgbouncer/pgbouncer.ini"), TestContext.Current.CancellationToken);
        foreach (
            var setting in new[]
            {
                "listen_port = 6432",
                "pool_mode = transaction",
                "ignore_startup_parameters = extra_float_digits, options",
            }
        )
            Assert.Contains($"\n{setting}\n", pooler, StringComparison.Ordinal);
        Assert.Contains("\ncms = host=postgres port=5432 dbname=cms\n", pooler, StringComparison.Ordinal);
    }

    private static IEnumerable<YamlMappingNode> Secrets(YamlMappingNode service) =>
        ((YamlSequenceNode)service.Children["secrets"]).Children.OfType<YamlMappingNode>();

    private static bool InScale(KeyValuePair<string, YamlMappingNode> service) =>
        service.Value.Children.ContainsKey("profiles") && Texts(service.Value, "profiles").SequenceEqual(["scale"]);

    private static bool InScale(Dictionary<string, YamlMappingNode> services, string name) => InScale(new(name, services[name]));

    private static async Task<Dictionary<string, YamlMappingNode>> ServicesAsync(bool scale = false) =>
        Mapping(await ReadAsync(scale), "services").Children.ToDictionary(pair => $"{pair.Key}", pair => (YamlMappingNode)pair.Value);

    private static async Task<YamlMappingNode> ReadAsync(bool scale)
    {
        string[] profile = scale ? ["--env-file", "docs/compose/scale.env", "--profile", "scale"] : [];
        var run = await Tool.RunAsync("docker-compose", [.. profile, "config"], At("."));
        Assert.True(run.ExitCode == 0, $"{run}");
        var yaml = new YamlStream();
        yaml.Load(new StringReader(run.Output));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlMappingNode Mapping(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var child) ? (YamlMappingNode)child : new YamlMappingNode();

    private static string Text(YamlMappingNode node, params string[] path) =>
        ((YamlScalarNode)path.Aggregate((YamlNode)node, (at, name) => ((YamlMappingNode)at).Children[name])).Value!;

    private static IReadOnlyList<string> Texts(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var child)
            ? [.. ((YamlSequenceNode)child).Children.OfType<YamlScalarNode>().Select(item => item.Value!)]
            : [];

    private static string At(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path));
}
