using System.Security.Cryptography;

using Microsoft.Net.Http.Headers;

namespace Gateway.Portal.Pages;

/// <summary>Style, script and icon from inside the assembly.</summary>
internal static class PortalAssets
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        Map(routes, "portal.css", "text/css; charset=utf-8");
        Map(routes, "portal.js", "text/javascript; charset=utf-8");
        Map(routes, "icon.svg", "image/svg+xml");
    }

    private static void Map(IEndpointRouteBuilder routes, string name, string contentType)
    {
        var bytes = Read(name);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
        routes.MapGet("/portal/" + name, () => TypedResults.Bytes(bytes, contentType, entityTag: tag));
    }

    public static byte[] Read(string name)
    {
        using var stream = typeof(PortalAssets).Assembly.GetManifestResourceStream("wwwroot/" + name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
