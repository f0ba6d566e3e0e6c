namespace HeadlessCms.Tests.OpenApi;

public class OpenApiDocumentTests
{
    private readonly OpenApiDocument document = SampleDocument.Load();

    [Theory]
    [InlineData("GET", "/sample/v1/notes", "listNotes")]
    [InlineData("GET", "/sample/v1/notes?limit=5", "listNotes")]
    [InlineData("HEAD", "/sample/v1/notes", "listNotes")]
    [InlineData("GET", "/sample/v1/notes/1", "getNote")]
    [InlineData("GET", "/sample/v1/notes/latest", "getLatestNote")]
    [InlineData("DELETE", "/sample/v1/notes/latest", "deleteNote")]
    [InlineData("PUT", "/sample/v1/notes", null)]
    [InlineData("GET", "/sample/v1/notes/", null)]
    [InlineData("GET", "/sample/v1/notes/1/2", null)]
    [InlineData("GET", "/elsewhere", null)]
    public void A_request_finds_the_operation_that_answers_it(string method, string path, string? id) =>
        Assert.Equal(id, document.Find(method, path)?.Id);

    [Fact]
    public void Operations_come_in_the_documents_order_with_their_paths_parameters()
    {
        Assert.Equal(["listNotes", "createNote", "getNote", "deleteNote", "getLatestNote"], document.Operations.Select(o => o.Id));
        Assert.Equal("id", Assert.Single(document.Operations.ElementAt(2).Parameters).Name);
    }

    [Fact]
    public void A_status_is_declared_by_itself_or_by_its_range()
    {
        var list = document.Find("GET", "/sample/v1/notes")!;

        Assert.NotNull(list.Response(200));
        Assert.NotNull(list.Response(429));
        Assert.Null(list.Response(201));
    }
}
