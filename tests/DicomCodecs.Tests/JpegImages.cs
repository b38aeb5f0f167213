using Gateway.Testing;

namespace Gateway.DicomCodecs.Tests;

/// <summary>Bare JPEG images.</summary>
internal static class JpegImages
{
    /// <summary>The first frame of a picture as dcmtk packs it (process 14, selection value 1).</summary>
    public static byte[] Lossless(DicomDataset picture)
    {
        using var folder = new TemporaryDirectory();
        new DicomFile(picture).Save(folder.Combine("plain.dcm"));
        Tool.Run("dcmcjpeg", "+e1", folder.Combine("plain.dcm"), folder.Combine("packed.dcm")).Succeeded();
        return DicomPixelData.Create(DicomFile.Open(folder.Combine("packed.dcm")).Dataset).GetFrame(0).Data;
    }
}
