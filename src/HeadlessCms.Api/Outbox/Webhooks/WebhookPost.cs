using System.Globalization;
using System.Net.Http.Headers;
using HeadlessCms.Api.Hosting.Secrets;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>Makes an attempt to send a delivery, as Standard Webhooks 1.0 defines.</summary>
internal sealed class WebhookPost(OutboundRules rules, SecretProtection secrets) : IDisposable
{
    private const int MostBodyBytes = 64 * 1024;

    private readonly HttpClient _client = OutboundClient.Create(rules);

    public async Task<Attempt> SendAsync(LeasedDelivery delivery, byte[] body, TimeSpan timeout, CancellationToken cancellation)
    {
        var (at, began) = (delivery.Now, delivery.Held);
        TimeSpan Took() => delivery.Held - began;
        // The former secret signs as well, while there is one that can be read.
        if (secrets.Unprotect(delivery.Secrets[0]) is null)
            return new Attempt(AttemptOutcome.SecretUnreadable, at, TimeSpan.Zero);
        var keys = delivery.Secrets.Select(secrets.Unprotect).OfType<byte[]>();
        int? status = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            using var request = RequestOf(delivery, body, keys, at);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            status = (int)response.StatusCode;
            var read = await ReadAsync(response.Content, patience.Token);
            return Attempt.Answered(status.Value, read, RetryAfterOf(response, at), at, Took());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Attempt(AttemptOutcome.TimedOut, at, Took(), status);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            var refused = failed is AddressRefusedException || failed.InnerException is AddressRefusedException;
            return new Attempt(refused ? AttemptOutcome.AddressRefused : AttemptOutcome.Unreachable, at, Took(), status);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage RequestOf(LeasedDelivery delivery, byte[] body, IEnumerable<byte[]> keys, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("HeadlessCms", null));
        request.Headers.Add("webhook-id", delivery.MessageId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSecret.Sign(delivery.MessageId, timestamp, body, keys));
        request.PassOn(delivery.TraceParent);
        return request;
    }

    // The answer must be complete; a body beyond the limit is not read, and the connection is closed.
    private static async Task<int> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[8 * 1024];
        var total = 0;
        while (
            total < MostBodyBytes
            && await stream.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, MostBodyBytes - total)), cancellation) is > 0 and var count
        )
            total += count;
        return total;
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset at) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - at,
            _ => null,
        };
}
