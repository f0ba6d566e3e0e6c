using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Sitemaps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_publications_first_live_from_article_id",
                table: "publications");

            migrationBuilder.CreateIndex(
                name: "ix_publications_first_live_from_article_id",
                table: "publications",
                columns: new[] { "first_live_from", "article_id" },
                descending: new bool[0])
                .Annotation("Npgsql:IndexInclude", new[] { "live_from", "live_until" });

            migrationBuilder.Run("Sitemaps");
        }

        /// <summary>Migrations go forward alone, as those before.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new System.NotSupportedException("Migrations go forward alone; restore a backup instead.");
    }
}
