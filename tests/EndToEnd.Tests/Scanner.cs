using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>Makes studies as a scanner has them: folders of DICOM files.</summary>
public static class Scanner
{
    /// <returns>Study Instance UID of the phantom written below <paramref name="folder"/>.</returns>
    public static string Write(string folder, PhantomKind kind, ulong seed, bool shortPixelData = false, PhantomFindings? findings = null)
    {
        PhantomSeries.Write(folder, new PhantomSeriesOptions
        {
            Kind = kind,
            Seed = seed,
            Size = 192,
            Spacing = 1.2,
            ShortPixelData = shortPixelData,
            Findings = findings,
        });
        return DicomFile.Open(Directory.GetFiles(folder).First()).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID);
    }

    /// <summary>As a console does when its patient is corrected: the same UIDs, the same pixels, another patient.</summary>
    public static async Task RenameAsync(string folder, string patientId, string patientName)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var file = DicomFile.Open(path, FileReadOption.ReadAll);
            file.Dataset.AddOrUpdate(DicomTag.PatientID, patientId).AddOrUpdate(DicomTag.PatientName, patientName);
            await file.SaveAsync(path);
        }
    }
}
