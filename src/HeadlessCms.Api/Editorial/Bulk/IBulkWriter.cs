using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Writes the lines of a batch, one after the other, into the context of their scope.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
internal interface IBulkWriter<T>
    where T : class
{
    /// <summary>Keys that no two lines of a batch may share, because the later line depends on the earlier.</summary>
    static abstract IEnumerable<string> KeysOf(T line);

    /// <summary>Keys of other lines that must be saved in an earlier batch.</summary>
    static abstract IEnumerable<string> NeedsOf(T line);

    /// <summary>
    /// Whether a batch may be saved, though not committed, while others before it still are: what it writes must wait for no row of theirs
    /// but by accident.
    /// </summary>
    static virtual bool SavesEarly => false;

    /// <summary>Loads what the lines need, in few statements.</summary>
    /// <param name="lines">The lines of the batch.</param>
    /// <param name="turn">Ends when all earlier batches are committed: nothing may be saved before.</param>
    /// <param name="cancellation">Ends it.</param>
    Task PrepareAsync(IReadOnlyList<T> lines, Task turn, CancellationToken cancellation);

    /// <summary>The errors of a line; null where it is valid.</summary>
    async Task<ProblemResult?> CheckAsync(T line, IServiceProvider services, CancellationToken cancellation) =>
        await Validation.ProblemOfAsync(services.GetRequiredService<IValidator<T>>(), line, services, cancellation);

    /// <summary>Writes a line; the caller saves.</summary>
    /// <exception cref="ProblemException">422: the line is not valid. Nothing of it was written.</exception>
    Task<BulkResult> WriteAsync(int number, T line, CancellationToken cancellation);

    /// <summary>Does what follows the save of the lines, in its transaction.</summary>
    Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>A line to save.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Content">Its content; null where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
/// <param name="Size">About how many bytes it is.</param>
internal sealed record BulkEntry<T>(int Number, T? Content, ProblemResult? Problem, int Size)
    where T : class;
