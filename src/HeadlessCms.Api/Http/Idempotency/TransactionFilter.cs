using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>Marks an endpoint that sees to its transactions itself; an Idempotency-Key keeps its answer all the same.</summary>
internal sealed class OwnTransactions;

/// <summary>
/// What a request does to the newsroom is one transaction, in the caller's name: it is there as a whole when it is answered, or not at all.
/// With an Idempotency-Key its answer is kept in that same transaction.
/// </summary>
internal static class TransactionFilter
{
    private const string BeforeRequest = "request";

    public static RouteGroupBuilder InOneTransaction(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(
            async (invocation, next) =>
            {
                var context = invocation.HttpContext;
                if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                    return await next(invocation);
                var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
                using var acting = db.ActingAs(context.Actor());
                var request = context.Features.Get<IdempotentRequest>();
                if (request is null && context.GetEndpoint()!.Metadata.GetMetadata<OwnTransactions>() is not null)
                    return await next(invocation);

                await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
                if (request is not null)
                    return await OnceAsync(request, transaction, db, context, () => next(invocation));
                var result = await next(invocation);
                if (StatusOf(result) < 400)
                    await CommitAsync(transaction, db, context);
                return result;
            }
        );

    private static async Task<IResult> OnceAsync(
        IdempotentRequest request,
        IDbContextTransaction transaction,
        NewsroomDbContext db,
        HttpContext context,
        Func<ValueTask<object?>> handle
    )
    {
        var cancellation = context.RequestAborted;
        if (await request.AnsweredAsync(db, cancellation) is { } before)
            return before;
        if (!await request.IsFirstAsync(db, cancellation))
            return IdempotentRequest.Running;
        if (await request.AnsweredAsync(db, cancellation) is { } meanwhile)
            return meanwhile;

        await transaction.CreateSavepointAsync(BeforeRequest, cancellation);
        IResult result;
        try
        {
            result = (IResult)(await handle())!;
            if (StatusOf(result) >= 400)
                await UndoAsync(transaction, db);
            else
                await db.Database.ExecuteSqlAsync($"set constraints all immediate", cancellation); // what commit would refuse is refused now
        }
        catch (Exception refused) when (ExceptionProblems.IsTheCallers(refused))
        {
            await UndoAsync(transaction, db);
            result = ExceptionProblems.Of(refused);
        }

        var answer = await BufferedResponse.OfAsync(result, context);
        if (StatusOf(result) < 500)
        {
            await request.KeepAsync(answer, db, cancellation);
            await CommitAsync(transaction, db, context);
        }

        return answer;
    }

    // Who is answered may read at once what it wrote: what is kept of it on this node is given up first.
    private static async Task CommitAsync(IDbContextTransaction transaction, NewsroomDbContext db, HttpContext context)
    {
        await transaction.CommitAsync(CancellationToken.None);
        if (db.HasLoggedChanges)
            await context.RequestServices.GetRequiredService<ChangeWatcher>().CatchUpAsync();
    }

    private static async Task UndoAsync(IDbContextTransaction transaction, NewsroomDbContext db)
    {
        await transaction.RollbackToSavepointAsync(BeforeRequest);
        db.ChangeTracker.Clear();
    }

    private static int StatusOf(object? result)
    {
        while (result is INestedHttpResult nested)
            result = nested.Result;
        return (result as IStatusCodeHttpResult)?.StatusCode ?? 200;
    }
}
