using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HeadlessCms.Tests.Postgres;

/// <summary>The download for a machine without PostgreSQL, from a Maven repository on the loopback address.</summary>
[Trait("Postgres", "AnyVersion")]
public sealed class PortableBinariesTests
{
    private const string Version = "18.4.0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Portable_binaries_are_downloaded_once_and_run()
    {
        using var data = new TemporaryDirectory();
        var archive = await PackAsync(PostgresVersions.RequirePackaged(PortableBinaries.DefaultMajor), data.Path);
        await using (var repository = await Repository.StartAsync(archive, Convert.ToHexStringLower(SHA256.HashData(archive))))
        {
            await using var first = await StartAsync(data.Path, repository.Address);

            Assert.StartsWith($"{PortableBinaries.DefaultMajor}.", await VersionAsync(first), StringComparison.Ordinal);
            Assert.Single(repository.Requested, path => path.EndsWith(".jar", StringComparison.Ordinal));
            Assert.All(repository.Requested, path =>
                Assert.StartsWith("/maven2/io/zonky/test/postgres/embedded-postgres-binaries-", path, StringComparison.Ordinal)
            );
        }

        await using var second = await StartAsync(data.Path, new Uri("http://127.0.0.1:9/gone"));
        Assert.StartsWith($"{PortableBinaries.DefaultMajor}.", await VersionAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_does_not_match_its_published_hash_is_refused()
    {
        using var data = new TemporaryDirectory();
        await using var repository = await Repository.StartAsync([1, 2, 3], new string('0', 64));

        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => StartAsync(data.Path, repository.Address));

        Assert.Contains("expected SHA-256", refused.Message, StringComparison.Ordinal);
    }

    private static Task<PrivatePostgres> StartAsync(string directory, Uri repository) =>
        PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = directory,
                Durable = false,
                MaxConnections = 20,
                Search = () => new PostgresBinaries.Search([]),
                PortableRepository = repository,
            },
            Cancellation
        );

    private static async Task<string> VersionAsync(PrivatePostgres postgres)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection.PostgreSqlVersion.ToString();
    }

    // The published form: a jar with one tar archive, compressed by xz, of bin, lib and share.
    private static async Task<byte[]> PackAsync(PostgresBinaries binaries, string directory)
    {
        var archive = Path.Combine(directory, "postgres.txz");
        Process tar;
        try
        {
            var start = new ProcessStartInfo(
                "tar",
                ["-C", Path.GetDirectoryName(binaries.Directory)!, "-cJf", archive, "bin", "lib", "share"]
            );
            start.Environment["XZ_OPT"] = "-0";
            tar = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("tar is not installed.");
            throw;
        }

        using (tar)
        {
            await tar.WaitForExitAsync(Cancellation);
            Assert.SkipWhen(tar.ExitCode != 0, "tar could not compress: is xz installed?");
        }

        using var jar = new MemoryStream();
        await using (var zip = new ZipArchive(jar, ZipArchiveMode.Create, leaveOpen: true))
            await zip.CreateEntryFromFileAsync(archive, "postgres.txz", CompressionLevel.NoCompression, Cancellation);
        return jar.ToArray();
    }

    /// <summary>A Maven repository with one version of the binaries, for whatever platform asks.</summary>
    private sealed class Repository(WebApplication app, ConcurrentQueue<string> requested) : IAsyncDisposable
    {
        public Uri Address { get; } = new(new Uri(app.Urls.Single()), "maven2");

        public IReadOnlyCollection<string> Requested => requested;

        public static async Task<Repository> StartAsync(byte[] jar, string sha256)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var requested = new ConcurrentQueue<string>();
            app.Run(context =>
            {
                var path = context.Request.Path.Value!;
                requested.Enqueue(path);
                return path switch
                {
                    _ when path.EndsWith("/maven-metadata.xml", StringComparison.Ordinal) => context.Response.WriteAsync(
                        $"""
                        <metadata><versioning>
                          <versions><version>17.10.0</version><version>{Version}</version></versions>
                        </versioning></metadata>
                        """
                    ),
                    _ when path.EndsWith($"-{Version}.jar", StringComparison.Ordinal) => context.Response.Body.WriteAsync(jar).AsTask(),
                    _ when path.EndsWith($"-{Version}.jar.sha256", StringComparison.Ordinal) => context.Response.WriteAsync(sha256),
                    _ => Task.FromResult(context.Response.StatusCode = 404),
                };
            });
            await app.StartAsync(Cancellation);
            return new Repository(app, requested);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
