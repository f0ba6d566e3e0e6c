using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>What is sent, held against the library of Standard Webhooks that receivers may use: <c>npm ci</c> in <c>tests/HeadlessCms.Tests/Webhooks/verify</c>.</summary>
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
            ["ok", "No matching signature found", "ok", "ok", "No matching signature found", "No matching signature found", "ok", "No matching signature found"],
            await VerifyAsync((first, before), (second, before), (first, during), (second, during), (third, during), (second, after), (third, after), (third, after with { Body = after.Body + " " })));
    }

    private async Task<string> RotateAsync(int overlap) =>
        (await newsroom.Admin.PostAsync($"{Webhooks}/signed/rotate", new { overlap })).Expect(HttpStatusCode.OK)["secret"]!.GetValue<string>();

    private async Task<Received> ToldAsync(WebhookReceiver receiver, string headline)
    {
        await newsroom.StoryAsync(headline);
        await Eventually.TrueAsync(() => Task.FromResult(Find() is not null));
        return Find()!;

        Received? Find() => receiver.Events.FirstOrDefault(one => one.Data["headline"]?.GetValue<string>() == headline);
    }

    private static async Task<IReadOnlyList<string>> VerifyAsync(params (string Secret, Received Message)[] messages)
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "standardwebhooks")), "standardwebhooks is not installed: run npm ci in tests/HeadlessCms.Tests/Webhooks/verify.");
        using var node = Start(new ProcessStartInfo("node", ["verify.js"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true });
        Assert.SkipWhen(node is null, "node is not installed.");
        foreach (var (secret, message) in messages)
        {
            var headers = new Dictionary<string, string> { ["webhook-id"] = message.Id, ["webhook-timestamp"] = message.Timestamp, ["webhook-signature"] = message.Signature };
            await node!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { secret, headers, body = message.Body }));
        }

        node!.StandardInput.Close();
        return (await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    // Beside this source file, as its packages are.
    private static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "verify");
}
