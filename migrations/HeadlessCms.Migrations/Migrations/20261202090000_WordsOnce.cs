using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>
    /// The words of a working copy that is published as it is are kept with its publication alone, which says of which revision it is.
    /// </summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261202090000_WordsOnce")]
    public sealed class WordsOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                drop index ix_publication_texts_words;
                alter table publication_texts add revision int;
                update publication_texts t set revision = p.revision from publications p where p.id = t.publication_id;
                alter table publication_texts alter revision set not null;
                create index ix_publication_texts_words on publication_texts using gin (words, week) with (fastupdate = off);
                delete from working_copy_texts w using publication_texts t
                where t.article_id = w.article_id and t.revision = w.revision and t.configuration = w.configuration
                  and ts_delete(ts_filter(w.words, '{d}'), tsvector_to_array(t.words)) = '';
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                alter table publication_texts drop revision;
                truncate working_copy_texts;
                """
            );
        }
    }
}
