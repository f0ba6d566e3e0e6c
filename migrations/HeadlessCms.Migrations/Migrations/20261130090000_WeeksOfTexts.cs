using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>
    /// The index of words has the week of each text, too, so that a search reads the newest matches of a common word alone. The function
    /// <c>live.week</c> computes the same.
    /// </summary>
    public partial class WeeksOfTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                drop index ix_publication_texts_words;
                alter table publication_texts add week int[] not null generated always as
                  (array[floor(extract(epoch from first_live_from - timestamptz '2000-01-03 00:00:00+00') / 604800)::int]) stored;
                create index ix_publication_texts_words on publication_texts using gin (words, week) with (fastupdate = off);
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                drop index ix_publication_texts_words;
                alter table publication_texts drop week;
                create index ix_publication_texts_words on publication_texts using gin (words) with (fastupdate = off);
                """
            );
        }
    }
}
