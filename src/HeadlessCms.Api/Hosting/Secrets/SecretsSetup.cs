using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Hosting.Secrets;

/// <summary>The key ring that secrets are encrypted with: <c>Cms:DataProtection</c>. In Development it is in the data directory.</summary>
internal static class SecretsSetup
{
    // Nodes that start together on an empty key ring would each create a key, and not know the other's for a day.
    private const long FirstKeyLock = 4_843_541_077_236_011_010;

    /// <exception cref="InvalidSettingsException">The directory or the certificate cannot be used.</exception>
    public static void AddSecrets(this WebApplicationBuilder builder, CmsOptions options)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("HeadlessCms");
        var directory = DirectoryOf(options, builder.Environment);
        if (directory is null)
        {
            protection.UseEphemeralDataProtectionProvider();
            builder.Services.AddSingleton(new SecretProtection(null));
            return;
        }

        protection.PersistKeysToFileSystem(new DirectoryInfo(directory));
        if (options.DataProtection.Certificate is { } path)
        {
            var certificate = Load(path, options.DataProtection.CertificatePassword);
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }

        builder.Services.AddSingleton(services => new SecretProtection(
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector("secrets")
        ));
    }

    /// <summary>Says in the log if secrets are not encrypted, or if stored ones cannot be read.</summary>
    /// <exception cref="InvalidSettingsException">The key ring cannot be used.</exception>
    public static async Task CheckSecretsAsync(this WebApplication app)
    {
        var secrets = app.Services.GetRequiredService<SecretProtection>();
        if (!secrets.IsConfigured)
            app.Logger.LogWarning(
                "The secrets of webhooks and the key of previews are stored in the clear: set Cms:DataProtection:Directory"
            );
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({FirstKeyLock})");
        try
        {
            secrets.Protect([]); // creates the first key of the ring
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException($"Cms:DataProtection: the key ring cannot be used: {unusable.Message}");
        }

        var webhooks = await db.Webhooks.Select(webhook => webhook.Secret).ToListAsync();
        var keys = await db.SigningKeys.Select(key => key.Secret).ToListAsync();
        var unreadable = webhooks.Concat(keys).Count(stored => secrets.Unprotect(stored) is null);
        if (unreadable > 0)
            app.Logger.LogError(
                "{Count} stored secrets cannot be read: the key ring of Cms:DataProtection:Directory lacks the keys that encrypted them",
                unreadable
            );
    }

    // In production a directory that is missing is more likely a missing mount than a new key ring.
    private static string? DirectoryOf(CmsOptions options, IHostEnvironment environment)
    {
        if (options.DataProtection.Directory is { } configured)
            return Directory.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new InvalidSettingsException($"Cms:DataProtection:Directory is '{configured}'; there is no such directory.");
        if (!environment.IsDevelopment())
            return null;
        var directory = Path.Combine(DataDirectory.Of(options, environment), "keys");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return directory;
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException($"Cms:DataProtection:Certificate cannot be read: {unreadable.Message}");
        }
    }
}
