using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class StoryFlags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "access",
                table: "revisions",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                defaultValue: "free");

            migrationBuilder.AddColumn<string>(
                name: "ai_use",
                table: "revisions",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                defaultValue: "none");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "comments_until",
                table: "revisions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "copyright_holder",
                table: "revisions",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "no_index",
                table: "revisions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "no_syndication",
                table: "revisions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reviewed_by",
                table: "revisions",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "sensitive",
                table: "revisions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "urgency",
                table: "revisions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "usage_terms",
                table: "revisions",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "no_index",
                table: "publications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "no_syndication",
                table: "publications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "access",
                table: "api_keys",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_revisions_access",
                table: "revisions",
                sql: "access in ('free', 'registered', 'subscriber')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_revisions_ai_use",
                table: "revisions",
                sql: "ai_use in ('none', 'assisted', 'generated')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_revisions_reviewed_by",
                table: "revisions",
                sql: "reviewed_by is null or ai_use <> 'none'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_revisions_urgency",
                table: "revisions",
                sql: "urgency between 1 and 9");

            migrationBuilder.AddCheckConstraint(
                name: "ck_api_keys_access",
                table: "api_keys",
                sql: "access in ('free', 'registered', 'subscriber')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_revisions_access",
                table: "revisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_revisions_ai_use",
                table: "revisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_revisions_reviewed_by",
                table: "revisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_revisions_urgency",
                table: "revisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_api_keys_access",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "access",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ai_use",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "comments_until",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "copyright_holder",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "no_index",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "no_syndication",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "reviewed_by",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "sensitive",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "usage_terms",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "no_index",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "no_syndication",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "access",
                table: "api_keys");
        }
    }
}
