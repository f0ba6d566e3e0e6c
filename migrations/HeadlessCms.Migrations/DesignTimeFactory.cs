using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace HeadlessCms.Migrations;

/// <summary>What <c>dotnet ef</c> makes the contexts with, for migrations and for compiled models; it connects to nothing.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NewsroomDbContext>, IDesignTimeDbContextFactory<LiveDbContext>
{
    public NewsroomDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(NpgsqlDataSource.Create("Host=localhost"));
        return new NewsroomDbContext(options.Options);
    }

    LiveDbContext IDesignTimeDbContextFactory<LiveDbContext>.CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<LiveDbContext>();
        options.UseLive(NpgsqlDataSource.Create("Host=localhost"));
        return new LiveDbContext(options.Options);
    }
}
