using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Suggestions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "suggestion_refusals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    concept_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    refused_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suggestion_refusals", x => x.id);
                    table.CheckConstraint(
                        "ck_suggestion_refusals_kind",
                        "kind in ('person', 'place', 'topic', 'organisation', 'event', 'series')");
                    table.CheckConstraint("ck_suggestion_refusals_name", "btrim(name) <> ''");
                    table.ForeignKey(
                        name: "fk_suggestion_refusals_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_suggestion_refusals_concepts_concept_id_kind",
                        columns: x => new { x.concept_id, x.kind },
                        principalTable: "concepts",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_refusals_article_id_kind_name_concept_id",
                table: "suggestion_refusals",
                columns: new[] { "article_id", "kind", "name", "concept_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_refusals_concept_id_name",
                table: "suggestion_refusals",
                columns: new[] { "concept_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_refusals_refused_at",
                table: "suggestion_refusals",
                column: "refused_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "suggestion_refusals");
        }
    }
}
