namespace Gateway.Portal;

/// <summary>The <c>Portal</c> section of the configuration.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Folder of a viewer's static build, such as <c>eng/viewer</c> makes of OHIF; empty: none is served.</summary>
    public string Viewer { get; init; } = "";

    public bool HasViewer => Viewer.Length > 0;

    public bool IsViewerThere => HasViewer && File.Exists(Path.Combine(Viewer, ViewerFiles.Index));
}
