using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class OrganisationsAndEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts");

            migrationBuilder.AddColumn<string>(
                name: "acronym",
                table: "concepts",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ends_at",
                table: "concepts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "event_kind",
                table: "concepts",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "event_status",
                table: "concepts",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "organisation_kind",
                table: "concepts",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "starts_at",
                table: "concepts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "website",
                table: "concepts",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "concept_ties",
                columns: table => new
                {
                    concept_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    concept_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    named_id = table.Column<Guid>(type: "uuid", nullable: false),
                    named_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    role = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_concept_ties", x => new { x.concept_id, x.position });
                    table.CheckConstraint("ck_concept_ties_affiliation", "(kind = 'affiliation') = (role is not null)");
                    table.CheckConstraint("ck_concept_ties_ends", "(kind, concept_kind, named_kind) in (('affiliation', 'person', 'organisation'), ('location', 'event', 'place'), ('organiser', 'event', 'organisation'))");
                    table.CheckConstraint("ck_concept_ties_time", "until >= \"from\"");
                    table.ForeignKey(
                        name: "fk_concept_ties_concepts_concept_id_concept_kind",
                        columns: x => new { x.concept_id, x.concept_kind },
                        principalTable: "concepts",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_concept_ties_concepts_named_id_named_kind",
                        columns: x => new { x.named_id, x.named_kind },
                        principalTable: "concepts",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_duration",
                table: "concepts",
                sql: "ends_at >= starts_at");

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts",
                sql: "kind in ('person', 'place', 'topic', 'organisation', 'event')");

            migrationBuilder.CreateIndex(
                name: "ix_concept_ties_concept_id",
                table: "concept_ties",
                column: "concept_id",
                unique: true,
                filter: "kind = 'location'");

            migrationBuilder.CreateIndex(
                name: "ix_concept_ties_named_id",
                table: "concept_ties",
                column: "named_id");

            // A partner's key names concepts of any kind.
            migrationBuilder.Sql("""
                update api_keys
                set feeds = feeds - 'topics' - 'places'
                  || jsonb_build_object('concepts', jsonb_build_object('topic', feeds -> 'topics', 'place', feeds -> 'places'))
                where feeds is not null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                update api_keys
                set feeds = feeds - 'concepts' || jsonb_build_object(
                  'topics', coalesce(feeds -> 'concepts' -> 'topic', '[]'), 'places', coalesce(feeds -> 'concepts' -> 'place', '[]'))
                where feeds is not null;
                """);

            migrationBuilder.DropTable(
                name: "concept_ties");

            migrationBuilder.DropCheckConstraint(
                name: "ck_concepts_duration",
                table: "concepts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "acronym",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "ends_at",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "event_kind",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "event_status",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "organisation_kind",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "starts_at",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "website",
                table: "concepts");

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts",
                sql: "kind in ('person', 'place', 'topic')");
        }
    }
}
