using HeadlessCms.Benchmarks.Generated;
using Npgsql;
using NpgsqlTypes;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>The tables of concepts. Their triggers run, because there are few rows and the triggers build the hierarchy.</summary>
internal static class ConceptTables
{
    public static async Task CopyAsync(NpgsqlDataSource source, Concepts concepts)
    {
        await using var connection = await source.OpenConnectionAsync();
        Concept[] all = [.. concepts.People, .. concepts.Places, .. concepts.Topics];
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                """
                copy concepts (id, kind, slug, name, aliases, labels, same_as, parent_id, version, created_at, created_by, saved_at,
                  saved_by, title,
                               place_kind, latitude, longitude, country_code, code) from stdin (format binary)
                """
            )
        )
        {
            foreach (var concept in all)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(concept.Id);
                await copy.WriteAsync(concept.Kind);
                await copy.WriteAsync(concept.Slug);
                await copy.WriteAsync(concept.Name);
                await copy.WriteAsync(concept.Aliases);
                await copy.WriteAsync("{}", NpgsqlDbType.Jsonb);
                await copy.WriteAsync(Array.Empty<string>());
                await copy.WriteOptionalAsync(concept.Parent?.Id);
                await copy.WriteAsync(1);
                await copy.WriteAsync(Concepts.Made);
                await copy.WriteAsync("bench");
                await copy.WriteAsync(Concepts.Made);
                await copy.WriteAsync("bench");
                await copy.WriteOptionalAsync(concept.Title);
                await copy.WriteOptionalAsync(concept.PlaceKind);
                await copy.WriteOptionalAsync(concept.Latitude);
                await copy.WriteOptionalAsync(concept.Longitude);
                await copy.WriteOptionalAsync(concept.CountryCode);
                await copy.WriteOptionalAsync(concept.Code);
            }

            await copy.CompleteAsync();
        }

        await using (
            var copy = await connection.BeginBinaryImportAsync("copy concept_slugs (kind, slug, concept_id) from stdin (format binary)")
        )
        {
            foreach (var concept in all)
                await copy.WriteRowAsync(default, concept.Kind, concept.Slug, concept.Id);
            await copy.CompleteAsync();
        }
    }
}
