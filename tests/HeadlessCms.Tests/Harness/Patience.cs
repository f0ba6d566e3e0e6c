namespace HeadlessCms.Tests.Harness;

/// <summary>How long tests wait before they fail.</summary>
/// <remarks>It only ends a test that hangs: a busy machine is no error, so it is far longer than any wait should take.</remarks>
public static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>A client that waits for its responses until the limit.</summary>
    public static HttpClient Client(Uri? address = null, HttpMessageHandler? handler = null) =>
        new(handler ?? new SocketsHttpHandler()) { BaseAddress = address, Timeout = Limit };
}
