using Microsoft.Extensions.FileProviders;

namespace Gateway.Portal;

/// <summary>A viewer that the site brings, at <c>/viewer</c>: its files, and in place of its settings ours, which name the DICOMweb of this
/// portal and no other.</summary>
internal static class ViewerFiles
{
    public const string Root = "/viewer";
    public const string Index = "index.html";

    private const string Settings = "app-config.js";

    public static void UseViewer(this WebApplication app)
    {
        var options = app.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new();
        // A folder that is none is told at the start, with every other fault of the settings.
        if (!options.IsViewerThere)
            return;
        var settings = Pages.PortalAssets.Read("viewer-config.js");
        app.MapGet($"{Root}/{Settings}", () => TypedResults.Bytes(settings, "text/javascript; charset=utf-8"));
        var files = new PhysicalFileProvider(Path.GetFullPath(options.Viewer));
        app.UseStaticFiles(new StaticFileOptions { RequestPath = Root, FileProvider = files, ServeUnknownFileTypes = false });
        // Its own addresses, such as /viewer/viewer?StudyInstanceUIDs=, are read by its script.
        app.MapGet(Root + "/{**address:nonfile}", () =>
            TypedResults.PhysicalFile(files.GetFileInfo(Index).PhysicalPath!, "text/html; charset=utf-8"));
    }
}
