using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.TranslationWorker;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>Makes one image whose UIDs follow from the images it is made from, as the real one's do, and whose number
/// is how many of those count; or fails in each of the ways there are.</summary>
internal sealed class StubTranslator : ITranslator
{
    public Chance Chance { get; set; } = new(0);

    public Fate Fate { get; set; }

    /// <summary>So many of the images count: a later one beside them changes nothing of what is made.</summary>
    public int Counts { get; set; } = int.MaxValue;

    /// <summary>Images of two patients that were translated as one series.</summary>
    public ConcurrentQueue<string> Mixed { get; } = [];

    public TranslatedSeries Translate(
        Direction direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
        IReadOnlyCollection<string>? released = null, int? seriesNumber = null, IProgress<string>? progress = null,
        CancellationToken cancel = default)
    {
        if (Fate == Fate.Failed || Chance.Of100(8))
            throw new InvalidOperationException("The accelerator was lost.");
        if (Chance.Of100(4))
            throw new VolumeException(ReasonCode.MixedGeometry, "The images form no stack.");
        var patients = sources.Select(s => s.Header().GetString(DicomTag.PatientID)).Distinct().ToList();
        if (patients.Count > 1)
            Mixed.Enqueue($"translated together: {string.Join(" and ", patients)}");
        var held = (Fate == Fate.Held || Chance.Of100(15)) && released is null;
        var uid = Uid(
            string.Join('|', sources.Select(s => s.SopInstanceUid).Order(StringComparer.Ordinal).Take(Counts).Prepend(patients[0])));
        return new()
        {
            Direction = direction,
            Model = new() { Direction = direction, Name = "stub", Version = "1", Digest = new('a', 64), HuLow = -20, HuHigh = 100 },
            Derived = held ? [] : [Image(uid, patients[0], Math.Min(sources.Count, Counts))],
            Reasons = held ? [ReasonCode.HeadCutOff.Because("The border cuts the head off.")] : [],
            ChosenSopInstanceUid = sources[0].SopInstanceUid,
            ChosenSlice = 0,
            NccBefore = 0.5,
            NccAfter = 0.9,
            GateScore = 0.1,
            Panels = [],
            Sheet = [1],
            Seconds = new Dictionary<string, double>(),
        };
    }

    private static DicomFile Image(string uid, string patient, int sources) => new(new DicomDataset().Add(DicomTag.PatientID, patient)
        .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage).Add(DicomTag.SOPInstanceUID, uid + ".1")
        .Add(DicomTag.StudyInstanceUID, "2.25.1").Add(DicomTag.SeriesInstanceUID, uid).Add(DicomTag.Modality, "CT")
        .Add(DicomTag.InstanceNumber, $"{sources}")
        .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, (IByteBuffer)new MemoryByteBuffer(SHA256.HashData(Encoding.ASCII.GetBytes(uid)))));

    private static string Uid(string text) =>
        "2.25." + new BigInteger(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 15), isUnsigned: true);
}
