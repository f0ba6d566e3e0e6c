using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>How far a file was imported with certain options, so that an interrupted import resumes.</summary>
internal sealed class ImportJournal
{
    private readonly byte[] _name;

    private ImportJournal(byte[] name, int done) => (_name, Done) = (name, done);

    /// <summary>The number of the last line or item that is saved.</summary>
    public int Done { get; }

    /// <param name="services">The app's services.</param>
    /// <param name="file">The file, which is read and left at its beginning.</param>
    /// <param name="options">What else makes it another import.</param>
    /// <param name="restart">Whether it begins anew.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ImportJournal> OfAsync(
        IServiceProvider services,
        Stream file,
        string options,
        bool restart,
        CancellationToken cancellation
    )
    {
        var name = SHA256.HashData([.. await SHA256.HashDataAsync(file, cancellation), .. Encoding.UTF8.GetBytes(options)]);
        file.Position = 0;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        if (restart)
            await db.Imports.Where(import => import.File == name).ExecuteDeleteAsync(cancellation);
        return new(
            name,
            await db.Imports.Where(import => import.File == name).Select(import => import.Lines).SingleOrDefaultAsync(cancellation)
        );
    }

    /// <summary>Notes, in the transaction of a batch, that it is saved.</summary>
    public Task NoteAsync(NewsroomDbContext db, int last) =>
        db.Database.ExecuteSqlAsync(
            $"insert into imports (file, lines) values ({_name}, {last}) on conflict (file) do update set lines = excluded.lines"
        );
}
