using Microsoft.Net.Http.Headers;

namespace Gateway.Portal;

/// <summary>What a browser may do with our pages: run our own script and style, talk to us, show our pictures; nothing else.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A viewer compiles to WebAssembly, works in threads that it makes itself, and styles what it draws; it talks to us alone.
    /// </summary>
    private const string ViewerPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
        "font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self' data: blob:; " +
        "worker-src 'self' blob:; manifest-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        var isViewer = context.Request.Path.StartsWithSegments(ViewerFiles.Root);
        headers.ContentSecurityPolicy = isViewer ? ViewerPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (isViewer)
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";    // its threads share memory
        // Patient data: nothing is kept by a cache; pictures and files are asked for again and answered 304.
        headers.CacheControl = isViewer || context.Request.Path.StartsWithSegments("/api/pictures") ? "private, no-cache" : "no-store";
        return next(context);
    });
}
