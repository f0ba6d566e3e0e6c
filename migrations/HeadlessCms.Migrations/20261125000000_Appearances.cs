using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Appearances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_publications_article_id_live_from",
                table: "publications",
                columns: new[] { "article_id", "live_from" },
                filter: "correction_kind is not null");

            migrationBuilder.CreateIndex(
                name: "ix_publications_article_id_revision",
                table: "publications",
                columns: new[] { "article_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_from_article_id",
                table: "publications",
                columns: new[] { "live_from", "article_id" },
                descending: new bool[0]);

            migrationBuilder.Run("Appearances");
        }

        /// <summary>Migrations go forward alone, as those before.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Migrations go forward alone; restore a backup instead.");
    }
}
