using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>What independent tools say of a derived file.</summary>
internal static class DerivedObject
{
    /// <summary>dciodvfy and dcentvfy find no error but the attribute that is newer than they are; the geometry is the source slice's,
    /// string by string.</summary>
    public static void IsValidBeside(string file, string sourceFolder)
    {
        Errorless(Tool.Run("dciodvfy", file));
        Errorless(Tool.Run("dcentvfy", [file, .. Directory.GetFiles(sourceFolder)]));

        var derived = DicomFile.Open(file).Dataset;
        var sourceUid = derived.GetSequence(DicomTag.SourceImageSequence).Single()
            .GetSingleValue<string>(DicomTag.ReferencedSOPInstanceUID);
        var source = Directory.GetFiles(sourceFolder).Select(f => DicomFile.Open(f).Dataset)
            .Single(d => d.GetSingleValue<string>(DicomTag.SOPInstanceUID) == sourceUid);
        foreach (var tag in (DicomTag[])[
            DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.FrameOfReferenceUID])
            Assert.Equal(source.GetString(tag), derived.GetString(tag));
        Assert.StartsWith("SYNTHETIC", derived.GetString(DicomTag.SeriesDescription), StringComparison.Ordinal);
        Assert.Equal("YES", derived.GetString(DicomTag.SyntheticData));
    }

    private static void Errorless(ToolResult result)
    {
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain(
            result.All.Split('\n'), line => line.StartsWith("Error", StringComparison.Ordinal)
                && !line.Contains("(0x0008,0x001c)", StringComparison.Ordinal));
    }
}
