using System.Linq.Expressions;
using System.Text;

using Microsoft.EntityFrameworkCore;

namespace Gateway.Portal.DicomWeb;

/// <summary>Text with wildcards as a condition that the database in use checks (PS3.4 section C.2.2.2.4): <c>*</c> is any text, <c>?</c>
/// any character. Only names are matched in upper and lower case alike.</summary>
internal sealed class TextPattern
{
    private const string Escape = "\\";
    private readonly bool _isPostgres;
    private readonly string _text;

    public TextPattern(DbContext db, string text) => (_isPostgres, _text) = (db.Database.IsNpgsql(), text);

    private bool HasWildcards => _text.AsSpan().ContainsAny('*', '?');

    /// <summary>Rows whose text is like it.</summary>
    public Expression<Func<TRow, bool>> Matches<TRow>(Expression<Func<TRow, string?>> text)
    {
        if (!HasWildcards)
            return On(text, (text, wanted) => text == wanted, _text);
        return _isPostgres
            ? On(text, (text, wanted) => EF.Functions.Like(text!, wanted, Escape), Like(_text))
            : On(text, (text, wanted) => EF.Functions.Glob(text!, wanted), _text.Replace("[", "[[]", StringComparison.Ordinal));
    }

    /// <summary>Rows of whose person name one component group (PS3.5 section 6.2.1) is like it, or all of it.</summary>
    /// <param name="name">The name between two equals signs.</param>
    public Expression<Func<TRow, bool>> MatchesName<TRow>(Expression<Func<TRow, string?>> name)
    {
        var wanted = $"%={Like(_text.TrimEnd('^'))}=%";
        return _isPostgres
            ? On(name, (text, wanted) => EF.Functions.ILike(text!, wanted, Escape), wanted)
            : On(name, (text, wanted) => EF.Functions.Like(text!, wanted, Escape), wanted);
    }

    private static string Like(string text)
    {
        var like = new StringBuilder();
        foreach (var letter in text)
            _ = letter switch
            {
                '*' => like.Append('%'),
                '?' => like.Append('_'),
                '%' or '_' or '\\' => like.Append('\\').Append(letter),
                _ => like.Append(letter),
            };
        return like.ToString();
    }

    private static Expression<Func<TRow, bool>> On<TRow>(
        Expression<Func<TRow, string?>> text, Expression<Func<string?, string, bool>> condition, string wanted)
    {
        // A closure's field, so that the value is a parameter of the query and not part of it.
        Expression<Func<string>> value = () => wanted;
        var body = Substitution.Of(
            condition.Body, (condition.Parameters[0], text.Body), (condition.Parameters[1], value.Body));
        return Expression.Lambda<Func<TRow, bool>>(body, text.Parameters);
    }
}
