using System.Linq.Expressions;

namespace HeadlessCms.Core.Storage;

/// <summary>Combines projections, so that the members of a list item and those of the whole are written once each.</summary>
public static class Projection
{
    /// <summary>
    /// The projection <paramref name="part"/> as a <typeparamref name="TWhole"/>, with the members of <paramref name="more"/>.
    /// </summary>
    public static Expression<Func<TRow, TWhole>> With<TBase, TPart, TRow, TWhole>(
        this Expression<Func<TBase, TPart>> part,
        Expression<Func<TRow, TWhole>> more
    )
        where TRow : TBase
        where TWhole : class
    {
        var row = more.Parameters[0];
        var shared = (MemberInitExpression)new Rebinding(part.Parameters[0], row).Visit(part.Body);
        var own = (MemberInitExpression)more.Body;
        return Expression.Lambda<Func<TRow, TWhole>>(own.Update(own.NewExpression, [.. shared.Bindings, .. own.Bindings]), row);
    }

    /// <summary>The projection without some members.</summary>
    public static Expression<Func<TRow, TWhole>> Without<TRow, TWhole>(
        this Expression<Func<TRow, TWhole>> whole,
        Func<string, bool> isLeftOut
    )
    {
        var made = (MemberInitExpression)whole.Body;
        return whole.Update(
            made.Update(made.NewExpression, made.Bindings.Where(binding => !isLeftOut(binding.Member.Name))),
            whole.Parameters
        );
    }

    private sealed class Rebinding(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
