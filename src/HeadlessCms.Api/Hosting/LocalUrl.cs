namespace HeadlessCms.Api.Hosting;

/// <summary>How a client on this machine reaches an address on which the app listens.</summary>
internal static class LocalUrl
{
    private const string Loopback = "127.0.0.1";

    /// <param name="address">An address as in <c>ASPNETCORE_URLS</c>; its host may stand for all addresses.</param>
    public static string Of(string address) =>
        address
            .Replace("0.0.0.0", Loopback, StringComparison.Ordinal)
            .Replace("[::]", Loopback, StringComparison.Ordinal)
            .Replace("+", Loopback, StringComparison.Ordinal)
            .Replace("*", Loopback, StringComparison.Ordinal);
}
