using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class KeyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Keys = "/editorial/v1/keys";
    private const string Guarded = "/editorial/v1/articles?limit=1";

    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task A_rotated_key_and_its_successor_both_open_until_the_overlap_is_over()
    {
        using var old = await HolderAsync("rotated");
        var answer = (await Admin.PostAsync($"{Keys}/rotated/rotate", new { overlap = 2 })).Expect(HttpStatusCode.Created);
        using var successor = newsroom.Client(answer["key"]!.GetValue<string>());

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK],
            [(await old.ReadAsync(Guarded)).Status, (await successor.ReadAsync(Guarded)).Status]
        );
        var kept = await KeptAsync("rotated");
        Assert.Equal(2, kept.Count);
        Assert.Equal(
            ("author", true, null),
            (kept[0]["role"]!.GetValue<string>(), kept[0]["valid"]!.GetValue<bool>(), kept[0]["replacedAt"])
        );
        Assert.NotNull(kept[1]["replacedAt"]);
        Assert.Equal(answer["details"]!["publicId"]!.GetValue<string>(), kept[0]["publicId"]!.GetValue<string>());

        await Eventually.TrueAsync(async () => (await old.ReadAsync(Guarded)).Status == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await successor.ReadAsync(Guarded)).Status);
        Assert.Equal([true, false], (await KeptAsync("rotated")).Select(key => key["valid"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Two_keys_of_a_name_are_live_at_most()
    {
        using var first = await HolderAsync("thrice");
        using var second = await RotatedAsync("thrice");
        using var third = await RotatedAsync("thrice");

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK],
            [(await first.ReadAsync(Guarded)).Status, (await second.ReadAsync(Guarded)).Status, (await third.ReadAsync(Guarded)).Status]
        );
        Assert.Equal(
            "rotated,rotated",
            await newsroom.SqlAsync(
                "select string_agg(action, ',') from audit_entries where subject_name = 'thrice' and action = 'rotated'"
            )
        );
    }

    [Fact]
    public async Task To_revoke_by_name_is_to_revoke_all_that_is_live_and_by_id_that_one()
    {
        using var old = await HolderAsync("both");
        using var successor = await RotatedAsync("both");
        var ids = (await KeptAsync("both")).Select(key => key["id"]!.GetValue<string>()).ToList();
        (await Admin.DeleteAsync($"{Keys}/{ids[1]}", null)).Expect(HttpStatusCode.NoContent);
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK],
            [(await old.ReadAsync(Guarded)).Status, (await successor.ReadAsync(Guarded)).Status]
        );

        using var third = await RotatedAsync("both");
        (await Admin.DeleteAsync($"{Keys}/both", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [(await successor.ReadAsync(Guarded)).Status, (await third.ReadAsync(Guarded)).Status]
        );
        Assert.Equal("notFound", (await Admin.PostAsync($"{Keys}/both/rotate")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task What_is_replaced_revoked_or_expired_is_not_rotated_and_what_is_wrong_with_a_rotation_is_named()
    {
        using var holder = await HolderAsync("not-again");
        var id = (await KeptAsync("not-again"))[0]["id"]!.GetValue<string>();
        using var successor = await RotatedAsync("not-again");
        Assert.Equal("notFound", (await Admin.PostAsync($"{Keys}/{id}/rotate")).Problem(HttpStatusCode.NotFound));
        (await Admin.DeleteAsync($"{Keys}/not-again", null)).Expect(HttpStatusCode.NoContent);
        var last = (await KeptAsync("not-again"))[0]["id"]!.GetValue<string>();
        Assert.Equal("notValid", (await Admin.PostAsync($"{Keys}/{last}/rotate")).Problem(HttpStatusCode.Conflict));
        Assert.Equal("reserved", (await Admin.PostAsync($"{Keys}/admin/rotate")).Problem(HttpStatusCode.Conflict));

        using var other = await HolderAsync("wrongly-rotated");
        Assert.Equal(
            ["/expiresAt: outOfRange", "/overlap: outOfRange"],
            (await Admin.PostAsync($"{Keys}/wrongly-rotated/rotate", new { overlap = -1, expiresAt = "2020-01-01T00:00:00Z" }))
                .Errors(HttpStatusCode.UnprocessableEntity)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(HttpStatusCode.OK, (await other.ReadAsync(Guarded)).Status);
    }

    [Fact]
    public async Task The_list_says_when_a_key_was_last_used_to_the_minute()
    {
        using var holder = await HolderAsync("last-used");
        Assert.Null((await KeptAsync("last-used"))[0]["lastUsedAt"]);

        await holder.ReadAsync(Guarded);
        var first = (await KeptAsync("last-used"))[0]["lastUsedAt"]!.GetValue<string>();
        await holder.ReadAsync(Guarded);
        Assert.Equal(first, (await KeptAsync("last-used"))[0]["lastUsedAt"]!.GetValue<string>());

        await newsroom.SqlAsync("update api_keys set last_used_at = last_used_at - interval '61 s' where name = 'last-used'");
        await holder.ReadAsync(Guarded);
        Assert.True(string.CompareOrdinal((await KeptAsync("last-used"))[0]["lastUsedAt"]!.GetValue<string>(), first) > 0);
    }

    [Fact]
    public async Task A_key_that_is_revoked_on_one_node_opens_nothing_on_the_other_within_a_second()
    {
        var node = newsroom.AnotherNode();
        var key = await NewKeyAsync("on-both-nodes");
        using var here = newsroom.Client(key);
        using var there = newsroom.Client(key, node);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK],
            [(await here.ReadAsync(Guarded)).Status, (await there.ReadAsync(Guarded)).Status]
        );

        (await Admin.DeleteAsync($"{Keys}/on-both-nodes", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [(await there.ReadAsync(Guarded)).Status, (await here.ReadAsync(Guarded)).Status]
        );
    }

    private async Task<string> NewKeyAsync(string name) =>
        (await Admin.PostAsync(Keys, new { name, role = "author" })).Expect(HttpStatusCode.Created)["key"]!.GetValue<string>();

    private async Task<HttpClient> HolderAsync(string name) => newsroom.Client(await NewKeyAsync(name));

    private async Task<HttpClient> RotatedAsync(string name) =>
        newsroom.Client((await Admin.PostAsync($"{Keys}/{name}/rotate")).Expect(HttpStatusCode.Created)["key"]!.GetValue<string>());

    private async Task<IReadOnlyList<JsonNode>> KeptAsync(string name) =>
        [
            .. (await Admin.ReadAsync(Keys)).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Where(key => key!["name"]!.GetValue<string>() == name)
                .Select(key => key!),
        ];
}
