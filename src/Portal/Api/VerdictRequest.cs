using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A reader's verdict as a request brings it, checked.</summary>
/// <param name="Title">Of a rejection: code of the notes that archives are sent; else null.</param>
internal sealed record VerdictRequest(VerdictKind Kind, string By, string Why, string? Title)
{
    /// <summary>From the page's form or a JSON body <c>{by, why, verdict, reason}</c>. Where a proxy authenticates, its word for who it is
    /// counts, and the body's does not.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<VerdictRequest> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var fields = await RequestFields.ReadAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : fields.GetValueOrDefault("by");
        var word = fields.GetValueOrDefault("verdict");
        var kinds = Array.FindAll(Enum.GetValues<VerdictKind>(), kind => kind.Word() == word);
        if (kinds.Length == 0)
            errors["verdict"] = ["accepted, rejected or commented."];
        var title = fields.GetValueOrDefault("reason") switch
        {
            null or "quality" => ReaderVerdict.Quality,
            "safety" => ReaderVerdict.Safety,
            _ => null,
        };
        if (title is null)
            errors["reason"] = ["quality or safety."];
        var kind = kinds.FirstOrDefault(VerdictKind.Commented);
        return new(
            kind, ReleaseRequest.Line("by", by, ReaderVerdict.LongestBy, errors),
            ReleaseRequest.Line("why", fields.GetValueOrDefault("why"), ReaderVerdict.LongestWhy, errors),
            kind == VerdictKind.Rejected ? title : null);
    }
}
