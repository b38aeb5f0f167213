using Microsoft.Net.Http.Headers;

namespace Gateway.Portal;

/// <summary>What a browser may do with our pages: run our own script and style, talk to us, show our pictures; nothing else.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Patient data: nothing is kept by a cache; pictures and files are asked for again and answered 304.
        headers.CacheControl = context.Request.Path.StartsWithSegments("/api/pictures") ? "private, no-cache" : "no-store";
        return next(context);
    });
}
