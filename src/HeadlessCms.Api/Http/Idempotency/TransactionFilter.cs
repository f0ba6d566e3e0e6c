using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>
/// Marks an endpoint that commits in transactions of its own and streams what was committed. With an Idempotency-Key the response is stored
/// when it is complete; a request that was interrupted runs again.
/// </summary>
internal sealed class OwnTransactions;

/// <summary>
/// Runs a write in one transaction, in the name of the caller, and commits it before the response is sent. The response to a request with
/// an Idempotency-Key is stored in the same transaction.
/// </summary>
internal static class TransactionFilter
{
    private const string BeforeRequest = "request";

    public static RouteGroupBuilder WithTransaction(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(
            async (invocation, next) =>
            {
                var context = invocation.HttpContext;
                if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                    return await next(invocation);
                var db = context.RequestServices.GetRequiredService<NewsroomDbContext>();
                using var acting = db.ActingAs(context.Actor());
                var request = context.Features.Get<IdempotentRequest>();
                if (request is null && HasOwnTransactions(context))
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
        if (await request.AnsweredAsync(db, cancellation) is { } replayed)
            return replayed;
        if (!await request.IsFirstAsync(db, cancellation))
            return IdempotentRequest.Running;
        if (await request.AnsweredAsync(db, cancellation) is { } concurrent)
            return concurrent;

        await transaction.CreateSavepointAsync(BeforeRequest, cancellation);
        IResult result;
        try
        {
            result = (IResult)(await handle())!;
            if (StatusOf(result) >= 400)
                await UndoAsync(transaction, db);
            else
                await db.Database.ExecuteSqlAsync($"set constraints all immediate", cancellation); // fail here, not at commit
        }
        catch (Exception exception) when (ExceptionProblems.IsClientError(exception))
        {
            await UndoAsync(transaction, db);
            result = ExceptionProblems.Of(exception);
        }

        var response = await BufferedResponse.OfAsync(result, context, isStreamed: HasOwnTransactions(context));
        if (StatusOf(result) < 500)
        {
            await request.KeepAsync(response, db, cancellation);
            await CommitAsync(transaction, db, context);
        }

        return response;
    }

    private static bool HasOwnTransactions(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<OwnTransactions>() is not null;

    // The caller may read its own write at once, so this node evicts its cached responses first.
    private static async Task CommitAsync(IDbContextTransaction transaction, NewsroomDbContext db, HttpContext context)
    {
        using (Tracing.Source.StartActivity("commit"))
            await transaction.CommitAsync(CancellationToken.None);
        context.RequestServices.GetRequiredService<WorkingCopyIndexer>().Wake();
        if (db.LoggedPosition is { } position)
            await context.RequestServices.GetRequiredService<ChangeWatcher>().CatchUpAsync(position);
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
