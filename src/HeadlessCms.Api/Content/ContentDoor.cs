using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Content.Changes;
using HeadlessCms.Api.Content.Concepts;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Concepts;
using HeadlessCms.Api.Platform.Previews;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content;

/// <summary>The door of the frontends: <c>/content/v1</c>. It reads what is live, and can read nothing else.</summary>
internal static class ContentDoor
{
    public static void MapContent(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/content/v1").WithGroupName("content").WithInputRules().RequireAuthorization(Policies.Reading).CheckedByCaches();
        var content = door.MapGroup("").ShowsPreviews();
        content.MapArticles();
        ConceptEndpoints<LivePerson, PersonResponse>.Map(content, KindWords.People);
        ConceptEndpoints<LivePlace, PlaceResponse>.Map(content, KindWords.Places);
        ConceptEndpoints<LiveTopic, TopicResponse>.Map(content, KindWords.Topics);
        door.MapChanges();
    }

    // What is live changes with the clock: a cache may keep an answer, and asks before it gives it out.
    internal static RouteGroupBuilder CheckedByCaches(this RouteGroupBuilder group) => group.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = context.User.Identity?.IsAuthenticated == true ? "private, no-store" : "no-cache";
        return await next(invocation);
    });
}
