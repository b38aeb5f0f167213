using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Gateway.Contracts.Reasons;
using Gateway.DicomCodecs;
using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.TranslationWorker;
using Gateway.Workshop.Sources;

namespace Gateway.Cli;

/// <summary>A head in a folder, not yet looked at.</summary>
/// <param name="Name">Where it lies, for the person who imports it; it goes nowhere else.</param>
/// <param name="Open">The head, or why its headers rule it out.</param>
internal sealed record HeadSource(string Name, Func<(ImportedHead? Head, IReadOnlyList<Reason> Objections)> Open)
{
    private static readonly StackChooser Stacks = new(new(ShippedModalities.Table));

    /// <summary>Every DICOM series below a folder, as data sets such as CQ500 lie: a folder a patient, a folder a series.</summary>
    /// <exception cref="VerbException">There is no such folder, or no DICOM in it.</exception>
    public static IEnumerable<HeadSource> OfDicom(
        DirectoryInfo folder) => DicomFolder.Files(folder).GroupBy(SeriesOf).Where(series => series.Key is not null)
        .Select(
            series => new HeadSource(
                Path.GetRelativePath(folder.FullName, Path.GetDirectoryName(series.First())!), () => OfSeries([.. series])));

    /// <summary>NIfTI files as data sets such as IXI have them: one, or all below a folder; or the windowed slices of a folder.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="profile">What they are of: the files do not say it.</param>
    /// <param name="subject">Finds the patient in the name of a NIfTI file. Of loose slices the folder's name is taken.</param>
    /// <exception cref="VerbException">There is nothing of the kind.</exception>
    public static IEnumerable<HeadSource> OfFiles(string path, ModalityProfile profile, Regex subject)
    {
        if (File.Exists(path))
            return [OfNifti(path, profile, subject)];
        if (!Directory.Exists(path))
            throw new VerbException($"There is no {path}.");
        var volumes = FolderFiles.List(path, IsNifti, below: true);
        if (volumes.Count > 0)
            return volumes.Select(file => OfNifti(file, profile, subject));
        var pictures = profile.IsHounsfield
            ? FolderFiles.List(path, file => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) : [];
        return pictures.Count > 0
            ? pictures.Select(file => OfPicture(file, profile)) : throw new VerbException($"There is no head to import in {path}.");
    }

    private static bool IsNifti(string file) =>
        file.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);

    private static (string Study, string Series)? SeriesOf(string path)
    {
        try
        {
            var header = DicomFile.Open(path, FileReadOption.SkipLargeTags).Dataset;
            return (header.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, ""), header.GetSingleValueOrDefault(
                DicomTag.SeriesInstanceUID, ""));
        }
        catch (DicomException e)
        {
            Console.Error.WriteLine($"Left out: {path}: {e.Message}");
            return null;
        }
    }

    private static (ImportedHead?, IReadOnlyList<Reason>) OfSeries(IReadOnlyList<string> files)
    {
        try
        {
            var choice = Stacks.Choose([.. files.Select(SourceInstance.File)]);
            return choice.Verdict.Direction is { } direction ? (OfStack(choice.Sources, ShippedModalities.Table[direction.From]), [])
                : (null, choice.Verdict.Reasons);
        }
        catch (Exception e) when (e is DicomException or InvalidDataException)
        {
            return (null, [ReasonCode.Unreadable.Because(e.Message)]);
        }
    }

    private static ImportedHead OfStack(IReadOnlyList<SourceInstance> sources, ModalityProfile profile)
    {
        var header = sources[0].Header();
        return new()
        {
            Profile = profile,
            PatientId = Text(DicomTag.PatientID),
            Issuer = Text(DicomTag.IssuerOfPatientID),
            ContentDigest = SourceSet.Digest(sources),
            Read = memory => Volume.FromDicom(
                sources.Select(source => new StoredImage(source.Open, DicomDecoder.Decode) { Frames = source.Frames }), memory),
            Descriptions = [Text(DicomTag.SeriesDescription), Text(DicomTag.StudyDescription)],
            HasHeaders = true,
        };

        string Text(DicomTag tag) => header.GetSingleValueOrDefault(tag, "");
    }

    private static HeadSource OfNifti(string file, ModalityProfile profile, Regex subject) => new(Path.GetFileName(file), () => (new()
    {
        Profile = profile,
        PatientId = subject.Match(Path.GetFileName(file)).Value,
        ContentDigest = Digest(file),
        Read = _ => NiftiFile.Read(file),
    }, []));

    private static HeadSource OfPicture(string file, ModalityProfile profile) => new(Path.GetFileName(file), () => (new()
    {
        Profile = profile,
        PatientId = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))!),
        ContentDigest = Digest(file),
        Read = _ => SourceVolumes.OfPicture(PngFile.Read(file), GreyRange.Brain),
        IsOfMany = true,
    }, []));

    private static string Digest(string file)
    {
        using var bytes = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
