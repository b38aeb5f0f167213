using Microsoft.AspNetCore.Http;

namespace Gateway.Hosting;

/// <summary>Whether the caller may change anything. The proxy alone decides who may read; a request that changes something is checked here
/// too.</summary>
public static class CallerCheck
{
    /// <returns>401 without a name from the proxy, 403 without the role or from another site's page; null for a caller who may.</returns>
    public static (int Status, string Detail)? Refuse(HttpRequest request, AuthOptions auth, AllowedHosts hosts)
    {
        if (!IsOwnPage(request, hosts))
            return (StatusCodes.Status403Forbidden, "The request was made by a page of another site.");
        if (auth.Mode == AuthMode.None)
            return null; // on loopback only: whoever sits at this machine
        if (string.IsNullOrWhiteSpace(request.Headers[auth.UserHeader]))
            return (StatusCodes.Status401Unauthorized, $"The proxy did not say in {auth.UserHeader} who this is.");
        return auth.ReleaseRole.Length == 0 || Roles(request, auth).Contains(auth.ReleaseRole, StringComparer.Ordinal)
            ? null
            : (StatusCodes.Status403Forbidden, "This takes a role that this person does not have.");
    }

    /// <summary>A browser says which page a request comes from. Other programs do not, and no page can make them send one.</summary>
    private static bool IsOwnPage(HttpRequest request, AllowedHosts hosts)
    {
        var (site, text) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        if (text.Length == 0)
            return site is "same-origin" or "";
        return Uri.TryCreate(text, UriKind.Absolute, out var origin) && hosts.Contains(origin.Host)
            && (site == "same-origin" || (site.Length == 0 && origin.Authority == request.Host.Value));
    }

    private static IEnumerable<string> Roles(HttpRequest request, AuthOptions auth) =>
        request.Headers[auth.RolesHeader].SelectMany(
            value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
