using System.Buffers;
using Gateway.DicomListener;
using Gateway.DicomNetwork;
using Gateway.Persistence;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>One series at the scanner, image by image, as the listener takes it in. Every study of a database
/// shares the stored bytes.</summary>
internal sealed class Scan(Guid association, string study, IReadOnlyList<string> objects)
{
    public const int Images = 8;

    /// <summary>Whom its images name; it is the first one's study, but who knows.</summary>
    public static readonly IReadOnlyList<string> Patients = ["A", "B"];

    private const int Numbers = Images + 4;

    public string StudyUid => study;

    public ReceivedInstance Image(int number, DateTimeOffset at, int patient = 0)
    {
        var bytes = Bytes(new DicomFile(DataSet(study, number, Patients[patient])));
        using var scan = new HeaderScan(TransferSyntaxes.ExplicitLittleEndian);
        scan.Feed(new ReadOnlySequence<byte>(bytes.AsMemory(144 + BitConverter.ToInt32(bytes, 140))));
        return new()
        {
            AssociationId = association,
            Header = scan.Complete(),
            TransferSyntaxUid = TransferSyntaxes.ExplicitLittleEndian,
            Sha256 = objects[(patient * Numbers) + (number % Numbers)],
            Bytes = bytes.Length,
            At = at,
        };
    }

    /// <summary>What every study's images look like; enough of them that late ones have bytes of their own.</summary>
    public static async Task<IReadOnlyList<string>> StoreAsync(IObjectStore objects)
    {
        var stored = new List<string>();
        foreach (var patient in Patients)
            for (var number = 0; number < Numbers; number++)
                stored.Add(await objects.PutAsync(Bytes(new DicomFile(DataSet("2.25.1", number, patient)))));
        return stored;
    }

    private static byte[] Bytes(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }

    private static DicomDataset DataSet(string study, int number, string patient) => new DicomDataset()
        .Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY").Add(DicomTag.SOPClassUID, DicomUID.MRImageStorage)
        .Add(DicomTag.SOPInstanceUID, $"{study}.1.{number}")
        .Add(DicomTag.PatientID, patient).Add(DicomTag.PatientName, $"NAME^{patient}").Add(DicomTag.Modality, "MR")
        .Add(DicomTag.BodyPartExamined, "HEAD").Add(DicomTag.SeriesDescription, "t2_tse_tra")
        .Add(DicomTag.RepetitionTime, "4000").Add(DicomTag.EchoTime, "100")
        .Add(DicomTag.StudyInstanceUID, study).Add(DicomTag.SeriesInstanceUID, $"{study}.1").Add(DicomTag.SeriesNumber, "1")
        .Add(DicomTag.InstanceNumber, $"{number}")
        .Add(DicomTag.ImagePositionPatient, "0", "0", $"{5 * number}").Add(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
}
