using System.Linq.Expressions;

namespace Gateway.Portal.DicomWeb;

/// <summary>An expression in which parameters are exchanged for what they stand for, so that a database can translate it.</summary>
internal sealed class Substitution : ExpressionVisitor
{
    private readonly Dictionary<ParameterExpression, Expression> _by;

    private Substitution(Dictionary<ParameterExpression, Expression> by) => _by = by;

    public static Expression Of(Expression expression, params (ParameterExpression Parameter, Expression By)[] exchanged) =>
        new Substitution(exchanged.ToDictionary(pair => pair.Parameter, pair => pair.By)).Visit(expression);

    protected override Expression VisitParameter(ParameterExpression node) => _by.GetValueOrDefault(node, node);
}
