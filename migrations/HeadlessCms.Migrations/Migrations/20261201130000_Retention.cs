using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>How far the change log is compacted, and an index by which the later change of a concept is found.</summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261201130000_Retention")]
    public sealed class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_changes_concept_id_position",
                table: "changes",
                columns: new[] { "concept_id", "position" },
                filter: "concept_id is not null");

            migrationBuilder.Sql(
                """
                create table retention_progress (
                  one boolean default true constraint pk_retention_progress primary key constraint ck_retention_progress_one check (one),
                  position bigint not null);
                insert into retention_progress (position) values (0);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table retention_progress");

            migrationBuilder.DropIndex(
                name: "ix_changes_concept_id_position",
                table: "changes");
        }
    }
}
