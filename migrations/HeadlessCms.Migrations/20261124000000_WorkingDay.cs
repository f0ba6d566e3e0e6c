using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class WorkingDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_changes_articles_article_id",
                table: "changes");

            migrationBuilder.DropIndex(
                name: "ix_concepts_kind_slug",
                table: "concepts");

            migrationBuilder.DropIndex(
                name: "ix_api_keys_name",
                table: "api_keys");

            migrationBuilder.AddColumn<string>(
                name: "correction_kind",
                table: "publications",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "correction_text",
                table: "publications",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "planned_until",
                table: "publications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "concepts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_used_at",
                table: "api_keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "replaced_at",
                table: "api_keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    action = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    file = table.Column<byte[]>(type: "bytea", nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.file);
                    table.CheckConstraint("ck_imports_lines", "lines >= 0");
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    purpose = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    secret = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_keys", x => x.purpose);
                    table.CheckConstraint("ck_signing_keys_secret", "octet_length(secret) >= 32");
                });

            migrationBuilder.CreateTable(
                name: "stored_answers",
                columns: table => new
                {
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    route = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    answer = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_answers", x => new { x.by, x.route, x.key_hash });
                });

            migrationBuilder.CreateTable(
                name: "withdrawals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_withdrawals", x => x.id);
                    table.CheckConstraint("ck_withdrawals_range", "lifted_at >= withdrawn_at");
                    table.ForeignKey(
                        name: "fk_withdrawals_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_publications_correction",
                table: "publications",
                sql: "(correction_kind is null) = (correction_text is null)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_publications_planned",
                table: "publications",
                sql: "planned_until is null or live_until <= planned_until");

            migrationBuilder.CreateIndex(
                name: "ix_concepts_kind_slug",
                table: "concepts",
                columns: new[] { "kind", "slug" },
                unique: true,
                filter: "merged_into_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_concepts_merged_into_id",
                table: "concepts",
                column: "merged_into_id",
                filter: "merged_into_id is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_merged",
                table: "concepts",
                sql: "merged_into_id is null or merged_into_id <> id and parent_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_name",
                table: "api_keys",
                column: "name",
                unique: true,
                filter: "revoked_at is null and replaced_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_by_id",
                table: "audit_entries",
                columns: new[] { "by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_id_id",
                table: "audit_entries",
                columns: new[] { "subject_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_stored_answers_created_at",
                table: "stored_answers",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_withdrawals_article_id",
                table: "withdrawals",
                column: "article_id",
                unique: true,
                filter: "lifted_at is null");

            migrationBuilder.AddForeignKey(
                name: "fk_concepts_concepts_merged_into_id_kind",
                table: "concepts",
                columns: new[] { "merged_into_id", "kind" },
                principalTable: "concepts",
                principalColumns: new[] { "id", "kind" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.Run("WorkingDay");
        }

        /// <summary>Migrations go forward alone: to go back would be to forget what was audited, withdrawn and merged.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Migrations go forward alone; restore a backup instead.");
    }
}
