using Microsoft.AspNetCore.Http.HttpResults;

using Gateway.Hosting;

namespace Gateway.Portal;

/// <summary>Whether the caller may change anything, as an answer.</summary>
internal static class Caller
{
    /// <returns>401 or 403; null for a caller who may.</returns>
    public static ProblemHttpResult? Refusal(HttpRequest request, AuthOptions auth, AllowedHosts hosts) =>
        CallerCheck.Refuse(request, auth, hosts) is var (status, detail) ? Problems.Refused(status, detail) : null;
}
