using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>Verifies requests with the Standard Webhooks library; requires <c>npm ci</c> in <c>verify</c>.</summary>
public sealed class SignatureTests(PushingNewsroom newsroom) : IClassFixture<PushingNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";

    [Fact]
    public async Task What_is_sent_verifies_with_an_independent_library_by_the_new_secret_and_while_they_overlap_by_the_old_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var first = await newsroom.TellAsync("signed", receiver);
        var before = await ToldAsync(receiver, "Signed ünïcødé — 記事");
        var second = await RotateAsync(86_400);
        var during = await ToldAsync(receiver, "Signed twice");
        var third = await RotateAsync(0);
        var after = await ToldAsync(receiver, "Signed anew");

        Assert.Equal([1, 2, 1], new[] { before, during, after }.Select(one => one.Signature.Split(' ').Length));
        Assert.Equal(
            [
                "ok",
                "No matching signature found",
                "ok",
                "ok",
                "No matching signature found",
                "No matching signature found",
                "ok",
                "No matching signature found",
            ],
            await VerifyAsync(
                (first, before),
                (second, before),
                (first, during),
                (second, during),
                (third, during),
                (second, after),
                (third, after),
                (third, after with { Body = after.Body + " " })
            )
        );
    }

    private async Task<string> RotateAsync(int overlap) =>
        (await newsroom.Admin.PostAsync($"{Webhooks}/signed/rotate", new { overlap })).Expect(HttpStatusCode.OK)[
            "secret"
        ]!.GetValue<string>();

    private async Task<Received> ToldAsync(WebhookReceiver receiver, string headline)
    {
        await newsroom.StoryAsync(headline);
        await Eventually.TrueAsync(() => Task.FromResult(Find() is not null));
        return Find()!;

        Received? Find() => receiver.Events.FirstOrDefault(one => one.Data["headline"]?.GetValue<string>() == headline);
    }

    private static Task<IReadOnlyList<string>> VerifyAsync(params (string Secret, Received Message)[] messages) =>
        new NodeScript("verify", "verify.js", "standardwebhooks").AskAsync(
            messages.Select(one => new
            {
                secret = one.Secret,
                headers = new Dictionary<string, string>
                {
                    ["webhook-id"] = one.Message.Id,
                    ["webhook-timestamp"] = one.Message.Timestamp,
                    ["webhook-signature"] = one.Message.Signature,
                },
                body = one.Message.Body,
            })
        );
}
