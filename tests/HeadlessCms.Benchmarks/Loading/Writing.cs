using Npgsql;
using NpgsqlTypes;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>What may be missing in a row.</summary>
internal static class Writing
{
    public static Task WriteOptionalAsync<T>(this NpgsqlBinaryImporter copy, T? value, NpgsqlDbType? type = null)
        where T : class =>
        value is null ? copy.WriteNullAsync()
        : type is { } named ? copy.WriteAsync(value, named)
        : copy.WriteAsync(value);

    public static Task WriteOptionalAsync<T>(this NpgsqlBinaryImporter copy, T? value)
        where T : struct => value is { } there ? copy.WriteAsync(there) : copy.WriteNullAsync();
}
