using Npgsql;
using NpgsqlTypes;

namespace HeadlessCms.Benchmarks.Loading;

internal static class Writing
{
    public static Task WriteOptionalAsync<T>(this NpgsqlBinaryImporter copy, T? value, NpgsqlDbType? type = null)
        where T : class =>
        value is null ? copy.WriteNullAsync()
        : type is { } dbType ? copy.WriteAsync(value, dbType)
        : copy.WriteAsync(value);

    public static Task WriteOptionalAsync<T>(this NpgsqlBinaryImporter copy, T? value)
        where T : struct => value is { } there ? copy.WriteAsync(there) : copy.WriteNullAsync();
}
