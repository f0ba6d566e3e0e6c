using Npgsql;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// Working copies whose words are not in the index of words yet. Editors find them all the same: a search makes the words of those that
/// wait.
/// </summary>
/// <param name="source">The newsroom.</param>
public sealed class WaitingTexts(NpgsqlDataSource source)
{
    /// <summary>Lets the index take in a lot of those that wait. Nodes take turns.</summary>
    /// <param name="limit">How many are taken at most.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>How many waited; null where another node is at it.</returns>
    public async Task<int?> TakeInAsync(int limit, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select make_waiting_texts($1)");
        command.Parameters.Add(new() { Value = limit });
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }
}
