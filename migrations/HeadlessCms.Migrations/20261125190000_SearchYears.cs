using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>What EF Core has no words for alone: the model is that of the migration before.</summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261125190000_SearchYears")]
    public sealed class SearchYears : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Run("SearchYears");

        /// <summary>Migrations go forward alone, as those before.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Migrations go forward alone; restore a backup instead.");
    }
}
