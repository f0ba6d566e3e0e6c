using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>Reads the Idempotency-Key of a write and replays the stored response before the handler runs.</summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            !IdempotentRequest.IsTakenBy(context.Request.Method)
            || !context.Request.Headers.TryGetValue(IdempotentRequest.Header, out var sent)
        )
        {
            await next(context);
            return;
        }

        if (IdempotentRequest.KeyOf(sent.ToString()) is not { } key)
        {
            await new UnreadableProblem(
                InputError.InHeader(IdempotentRequest.Header, "invalidForm", "A string of 1 to 255 printable ASCII characters is expected.")
            ).ExecuteAsync(context);
            return;
        }

        var request = await IdempotentRequest.OfAsync(context, key);
        var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
        if (await request.AnsweredAsync(db, context.RequestAborted) is { } replayed)
        {
            await replayed.ExecuteAsync(context);
            return;
        }

        context.Features.Set(request);
        await next(context);
    }
}
