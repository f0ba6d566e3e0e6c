using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Access;

/// <summary>The first admin key: <c>Cms:AdminKey</c>. In Development, the default is generated in the data directory.</summary>
internal sealed class AdminKey(CmsOptions options, IHostEnvironment environment)
{
    /// <summary>A reserved name: no other key may have it.</summary>
    public const string Name = "admin";

    private const string Issuer = "settings";

    /// <summary>The key for Swagger UI in Development; null elsewhere.</summary>
    public string? ForDevelopment { get; private set; }

    public async Task EnsureAsync(NewsroomDbContext db)
    {
        var text = options.AdminKey;
        if (environment.IsDevelopment())
            ForDevelopment = text ??= await ReadOrCreateAsync(DataDirectory.Of(options, environment));
        if (string.IsNullOrEmpty(text))
            return;
        if (!ApiKey.TryParse(text, out var publicId, out var secret))
            throw new InvalidSettingsException("The key in the data directory must be cms_<8 of a-z 0-9>_<32 or more of A-Z a-z 0-9>.");

        var now = await db.ClockAsync();
        var existing = await db
            .ApiKeys.Where(key => key.PublicId == publicId || key.Name == Name && key.CreatedBy == Issuer && key.RevokedAt == null)
            .ToListAsync();
        if (existing.Find(key => key.PublicId == publicId) is { } same)
        {
            if (!same.Opens(secret))
                throw new InvalidSettingsException("Cms:AdminKey has the public id of another key; choose a different key.");
            return;
        }

        foreach (var former in existing)
            former.Revoke(now);
        await db.SaveChangesAsync();
        db.ApiKeys.Add(new ApiKey(text, Name, Role.Admin, null, Issuer, now));
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException) when (db.ApiKeys.AsNoTracking().Any(key => key.PublicId == publicId))
        {
            // Another node with the same settings inserted the key first.
        }
    }

    private static async Task<string> ReadOrCreateAsync(string directory)
    {
        var path = Path.Combine(directory, "admin.key");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(directory);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var writer = new StreamWriter(path, options);
            await writer.WriteLineAsync(ApiKey.NewText());
        }

        return (await File.ReadAllTextAsync(path)).Trim();
    }
}
