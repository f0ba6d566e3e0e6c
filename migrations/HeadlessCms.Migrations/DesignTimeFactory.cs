using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace HeadlessCms.Migrations;

/// <summary>What <c>dotnet ef migrations add</c> makes the context with; it connects to nothing.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NewsroomDbContext>
{
    public NewsroomDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(NpgsqlDataSource.Create("Host=localhost"));
        return new NewsroomDbContext(options.Options);
    }
}
