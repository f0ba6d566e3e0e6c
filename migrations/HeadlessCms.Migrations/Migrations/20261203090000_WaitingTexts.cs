using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>
    /// Working copies whose words are not in the index yet: it takes them in lots, a moment after they were saved. Its pending list is
    /// short, because searches read it.
    /// </summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261203090000_WaitingTexts")]
    public sealed class WaitingTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                create table waiting_texts (
                  article_id uuid not null references articles on delete cascade,
                  revision int not null,
                  primary key (article_id, revision));
                alter index ix_working_copy_texts_words set (fastupdate = on, gin_pending_list_limit = 1024);
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                drop table waiting_texts;
                alter index ix_working_copy_texts_words set (fastupdate = off);
                alter index ix_working_copy_texts_words reset (gin_pending_list_limit);
                truncate working_copy_texts;
                """
            );
        }
    }
}
