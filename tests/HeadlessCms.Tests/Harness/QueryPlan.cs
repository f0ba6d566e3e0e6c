using System.Text.Json;
using HeadlessCms.Core.Storage;
using Npgsql;

namespace HeadlessCms.Tests.Harness;

/// <summary>PostgreSQL's plan for a statement of the read side.</summary>
public sealed class QueryPlan
{
    private readonly JsonElement _root;

    private QueryPlan(JsonElement root) => _root = root;

    /// <summary>Every node of the plan.</summary>
    public IEnumerable<JsonElement> Nodes => Below(_root);

    /// <summary>The nodes from the root down to the first scan, following the outer side of each join.</summary>
    public IReadOnlyList<JsonElement> Spine
    {
        get
        {
            var spine = new List<JsonElement> { _root };
            while (Plans(spine[^1]).Where(node => Text(node, "Parent Relationship") == "Outer").Take(1).ToList() is [var next])
                spine.Add(next);
            return spine;
        }
    }

    public static async Task<QueryPlan> OfAsync(SentStatement statement, string connectionString, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(StorageOptions.ForLive(connectionString, withRole: true));
        await using var explain = source.CreateCommand($"explain (format json) {statement.Text}");
        foreach (var parameter in statement.Parameters)
            explain.Parameters.Add(parameter.Clone());
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(cancellation))!);
        return new QueryPlan(plan.RootElement[0].GetProperty("Plan").Clone());
    }

    public static string? Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) ? value.GetString() : null;

    public override string ToString() => JsonSerializer.Serialize(_root);

    private static JsonElement.ArrayEnumerator Plans(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray() : default;

    private static IEnumerable<JsonElement> Below(JsonElement node) => Plans(node).SelectMany(Below).Prepend(node);
}
