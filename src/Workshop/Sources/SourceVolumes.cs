using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Sources;

/// <summary>Reads a source as volumes. A series is one volume; every loose picture is a volume of a single slice.</summary>
public static class SourceVolumes
{
    /// <summary>Windowed pictures show no air; pixels this dark (grey 0..255) are taken for air.</summary>
    private const float DarkestTissue = 8;

    /// <summary>Pixel size given to loose pictures, mm; the true one is unknown and registration finds the scale.</summary>
    private const double LoosePixelMm = 0.9;

    /// <summary>For loose pictures, the name of a volume is the file's name without its ending; for a series it is empty.</summary>
    /// <exception cref="VolumeException">A series cannot become a volume.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IEnumerable<(string Name, Volume Volume)> Read(string path, GreyRange window)
    {
        if (File.Exists(path))
            return FolderFiles.IsReadable(path)
                ? [("", NiftiFile.Read(path))] : throw new InvalidDataException($"{path} is no file that can be read.");
        var pictures = FolderFiles.List(path, file => file.EndsWith(".png", StringComparison.Ordinal));
        return pictures.Count > 0
            ? pictures.Select(file => (Path.GetFileNameWithoutExtension(file), OfPicture(PngFile.Read(file), window)))
            : [("", Volume.FromDicom(Images(path).Select(file => DicomFile.Open(file))))];
    }

    /// <summary>Images of archives often have no ending.</summary>
    private static IReadOnlyList<string> Images(string folder)
    {
        var files = FolderFiles.List(folder, file => !Path.GetFileName(file).StartsWith('.'));
        var named = files.Where(file => file.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count > 0 ? named : files;
    }

    /// <summary>A loose CT picture as a volume of one slice.</summary>
    /// <param name="grey">0..255.</param>
    /// <param name="window">The HU that 0 and 255 stand for.</param>
    public static Volume OfPicture(Image grey, GreyRange window) => OfGrey(grey.Map(
        value => value < DarkestTissue ? ShippedModalities.Ct.Air : window.Low + value / 255 * (window.High - window.Low)));

    /// <summary>A loose picture as a volume of one slice.</summary>
    /// <param name="image">In its modality's units.</param>
    public static Volume OfGrey(Image image) => new(
    [
        new()
        {
            Image = image,
            Position = default,
            RowDirection = new(1, 0, 0),
            ColumnDirection = new(0, 1, 0),
            RowSpacing = LoosePixelMm,
            ColumnSpacing = LoosePixelMm,
        },
    ]);
}
