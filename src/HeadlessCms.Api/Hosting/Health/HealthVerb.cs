namespace HeadlessCms.Api.Hosting.Health;

/// <summary>The verb <c>health</c>: 0 where the app on this machine is ready, for a container's health check.</summary>
internal static class HealthVerb
{
    public static async Task<int> RunAsync(IConfiguration configuration)
    {
        var url = LocalUrl.Of((configuration["ASPNETCORE_URLS"] ?? configuration["Urls"] ?? "http://127.0.0.1:5080").Split(';')[0]);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(url), "/health/ready"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
