using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>The checksum of a cursor is no secret: whoever reads the source can make up cursors that pass it.</summary>
public sealed class ForgedCursorTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const int ChecksumBytes = 9;

    public static TheoryData<string, string> Lists =>
        new MatrixTheoryData<string, string>(
            [
                "/content/v1/articles",
                "/content/v1/articles?sort=publishedAt",
                "/content/v1/articles?q=word",
                "/content/v1/articles?q=word&sort=relevance",
                "/content/v1/articles?ids=a,b",
                "/content/v1/search?q=word",
                "/content/v1/people",
                "/feeds/articles.rss",
                "/editorial/v1/articles",
                "/editorial/v1/people",
                "/editorial/v1/audit",
            ],
            [
                "",
                "x",
                "1.5",
                "-1",
                "99999999999999999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "3155378975999999999",
                "1 2",
                "1 2 3 4",
                "9223372036854775807 1 9223372036854775807 9223372036854775807",
                "1 1 2143289344 1",
                "31241376000000000 1 2143289344 31241376000000000",
                "3092218848000000000 0 1 3092218848000000000",
                "a\0b",
                "'; drop table articles; --",
                "\ud83d\ude00",
            ]
        );

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_made_up_cursor_is_refused_or_answered_and_never_an_error_of_the_server(string list, string key)
    {
        var cursor = Forge(list, key);

        var answer = await newsroom.Admin.ReadAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}");

        if (answer.Status != HttpStatusCode.OK)
            Assert.Equal(["cursor: invalidCursor"], answer.Errors(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_cursor_that_is_made_up_well_is_taken()
    {
        (
            await newsroom.Anyone.ReadAsync($"/content/v1/articles?cursor={Forge("/content/v1/articles", $"{DateTime.UnixEpoch.Ticks}")}")
        ).Expect(HttpStatusCode.OK);
    }

    private static string Forge(string list, string key)
    {
        var payload = Encoding.UTF8.GetBytes($"{Guid.CreateVersion7():N}{key}");
        var (path, query) = list.Split('?') is [var one, var two] ? (one, two) : (list, "");
        var parameters = string.Join(
            '&',
            query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal)
                .Select(parameter => parameter.Split('='))
                .Select(parameter => $"{parameter[0]}={Uri.EscapeDataString(parameter[1])}")
        );
        var checksum = SHA256.HashData([.. payload, .. Encoding.UTF8.GetBytes($"\n{path}?{parameters}")])[..ChecksumBytes];
        return Base64Url.EncodeToString([.. checksum, .. payload]);
    }
}
