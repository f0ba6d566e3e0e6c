using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class ChangeFeed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_changes_subject",
                table: "changes");

            migrationBuilder.AddColumn<bool>(
                name: "end_logged",
                table: "publications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "start_logged",
                table: "publications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "concept_kind",
                table: "changes",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_from",
                table: "publications",
                column: "live_from",
                filter: "not start_logged and live_until is distinct from live_from");

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_until",
                table: "publications",
                column: "live_until",
                filter: "not end_logged and live_until > live_from");

            migrationBuilder.CreateIndex(
                name: "ix_changes_article_id_position",
                table: "changes",
                columns: new[] { "article_id", "position" },
                filter: "article_id is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_changes_subject",
                table: "changes",
                sql: "(article_id is null) <> (concept_id is null) and (concept_id is null) = (concept_kind is null)");

            migrationBuilder.Run("ChangeFeed");
        }

        /// <summary>Migrations go forward alone, as those before.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Migrations go forward alone; restore a backup instead.");
    }
}
