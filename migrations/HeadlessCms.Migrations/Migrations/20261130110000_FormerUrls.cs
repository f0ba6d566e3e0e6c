using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class FormerUrls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "former_urls",
                columns: table => new
                {
                    host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    path = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_urls", x => new { x.path, x.host });
                    table.CheckConstraint("ck_former_urls_host", "host ~ '^[^/A-Z]+$'");
                    table.CheckConstraint("ck_former_urls_path", "path ~ '^/[!-~]*$'");
                    table.ForeignKey(
                        name: "fk_former_urls_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_concepts_same_as",
                table: "concepts",
                column: "same_as")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_former_urls_article_id",
                table: "former_urls",
                column: "article_id");

            // An import finds concepts by their names.
            migrationBuilder.Sql("create index ix_concept_names_folded on concept_names (folded);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index ix_concept_names_folded;");

            migrationBuilder.DropTable(
                name: "former_urls");

            migrationBuilder.DropIndex(
                name: "ix_concepts_same_as",
                table: "concepts");
        }
    }
}
