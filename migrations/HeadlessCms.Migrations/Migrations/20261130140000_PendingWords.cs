using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>
    /// The index of the words by which editors find working copies takes up what is saved in lots, each of about thirty stories of 3 KB: a
    /// word that several of them have is looked up once. Who searches reads the lot besides. The index that readers search stays as it is.
    /// </summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261130140000_PendingWords")]
    public sealed class PendingWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter index ix_working_copy_texts_words set (fastupdate = on, gin_pending_list_limit = 256);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                alter index ix_working_copy_texts_words reset (gin_pending_list_limit);
                alter index ix_working_copy_texts_words set (fastupdate = off);
                """
            );
        }
    }
}
