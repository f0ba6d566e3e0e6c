using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Series : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts");

            migrationBuilder.AddColumn<int>(
                name: "part",
                table: "mentions",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_mentions_article_id_revision",
                table: "mentions",
                columns: new[] { "article_id", "revision" },
                unique: true,
                filter: "part is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_mentions_part",
                table: "mentions",
                sql: "part is null or part between 0 and 100000 and role is null\n  and relation = 'about'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts",
                sql: "kind in ('person', 'place', 'topic', 'organisation', 'event', 'series')");

            // Where a publication is in the order of its series: a sort key, null where the concept is no series. It is compared by its
            // characters. The first index has the order, the second one finds the series of a publication.
            migrationBuilder.Sql("""
                alter table appearances add series_place text collate "C";
                create index ix_appearances_series on appearances (concept_id, series_place, article_id) where series_place is not null;
                create unique index ix_appearances_series_of on appearances (publication_id) where series_place is not null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table appearances drop series_place;");

            migrationBuilder.DropIndex(
                name: "ix_mentions_article_id_revision",
                table: "mentions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_mentions_part",
                table: "mentions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts");

            migrationBuilder.DropColumn(
                name: "part",
                table: "mentions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_concepts_kind",
                table: "concepts",
                sql: "kind in ('person', 'place', 'topic', 'organisation', 'event')");
        }
    }
}
