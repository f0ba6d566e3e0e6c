using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Packages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "original_id",
                table: "revisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "original_revision",
                table: "revisions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "original_id",
                table: "publications",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisions_original_id_original_revision",
                table: "revisions",
                columns: new[] { "original_id", "original_revision" },
                filter: "original_id is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_revisions_original",
                table: "revisions",
                sql: "(original_id is null) = (original_revision is null) and original_id <> article_id");

            migrationBuilder.CreateIndex(
                name: "ix_publications_original_id",
                table: "publications",
                column: "original_id",
                filter: "original_id is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_revisions_revisions_original_id_original_revision",
                table: "revisions",
                columns: new[] { "original_id", "original_revision" },
                principalTable: "revisions",
                principalColumns: new[] { "article_id", "number" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_revisions_revisions_original_id_original_revision",
                table: "revisions");

            migrationBuilder.DropIndex(
                name: "ix_revisions_original_id_original_revision",
                table: "revisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_revisions_original",
                table: "revisions");

            migrationBuilder.DropIndex(
                name: "ix_publications_original_id",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "original_id",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "original_revision",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "original_id",
                table: "publications");
        }
    }
}
