using Gateway.Imaging;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Makes a translation durable: objects first, then rows in the caller's transaction, and a copy people can open under <c>out/</c>.</summary>
public sealed class DerivedSeriesStore(ObjectStore objects, DataDirectory data, TimeProvider time)
{
    /// <summary>Adds the derived series to <paramref name="db"/>; one that is there already (same input, same model) is left as it is.</summary>
    /// <returns>Id of the derived series.</returns>
    public async Task<Guid> AddAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        var dataset = result.Derived!.Dataset;
        var seriesUid = dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        var known = await db.Series.FirstOrDefaultAsync(s => s.StudyId == source.StudyId && s.SeriesInstanceUid == seriesUid, cancel);
        if (known is not null)
            return known.Id;

        using var bytes = new MemoryStream();
        await result.Derived.SaveAsync(bytes);
        var sha256 = await objects.PutAsync(bytes.ToArray(), cancel);
        WriteOut(source, dataset, seriesUid, bytes.ToArray(), result.Sheet);

        var series = NewSeries(source, result, dataset, seriesUid);
        series.Instances.Add(NewInstance(series.Id, dataset, sha256, bytes));
        db.Series.Add(series);
        await AddPicturesAsync(series.Id, result, db, cancel);
        return series.Id;
    }

    public async Task AddPicturesAsync(Guid seriesId, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        await AddPictureAsync("sheet", result.Sheet);
        foreach (var panel in result.Panels)
            await AddPictureAsync(panel.Kind, PngFile.EncodeGrey(PictureSheet.Draw(panel)));

        async Task AddPictureAsync(string kind, byte[] png) => db.Pictures.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            SeriesId = seriesId,
            Kind = kind,
            Sha256 = await objects.PutAsync(png, cancel),
        });
    }

    private Series NewSeries(Series source, TranslatedSeries result, DicomDataset dataset, string seriesUid) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        StudyId = source.StudyId,
        SeriesInstanceUid = seriesUid,
        Origin = SeriesOrigin.Derived,
        State = SeriesState.Translated,
        Revision = source.Revision,
        Modality = dataset.GetSingleValue<string>(DicomTag.Modality),
        SeriesNumber = Number(dataset, DicomTag.SeriesNumber),
        SeriesDescription = dataset.GetSingleValueOrDefault<string?>(DicomTag.SeriesDescription, null),
        BodyPartExamined = dataset.GetSingleValueOrDefault<string?>(DicomTag.BodyPartExamined, null),
        ChosenSopInstanceUid = result.ChosenSopInstanceUid,
        DerivedFromSeriesId = source.Id,
        ModelDigest = result.Model.Digest,
        ModelName = $"{result.Model.Name} {result.Model.Version}",
        ModelDeviceUid = result.Model.DeviceUid,
        Measures = Measures(result),
        CreatedAt = time.GetUtcNow(),
    };

    private static Dictionary<string, double> Measures(TranslatedSeries result)
    {
        var measures = result.Seconds.ToDictionary(s => "seconds." + s.Key, s => s.Value);
        measures["chosenSlice"] = result.ChosenSlice;
        measures["nccBefore"] = Math.Round(result.NccBefore, 4);
        measures["nccAfter"] = Math.Round(result.NccAfter, 4);
        return measures;
    }

    private Instance NewInstance(Guid seriesId, DicomDataset dataset, string sha256, MemoryStream bytes) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        SeriesId = seriesId,
        SopInstanceUid = dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID),
        SopClassUid = dataset.GetSingleValue<string>(DicomTag.SOPClassUID),
        TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
        InstanceNumber = Number(dataset, DicomTag.InstanceNumber),
        Sha256 = sha256,
        Bytes = bytes.Length,
        ReceivedAt = time.GetUtcNow(),
    };

    private static int? Number(DicomDataset dataset, DicomTag tag) => dataset.TryGetSingleValue<int>(tag, out var number) ? number : null;

    private void WriteOut(Series source, DicomDataset dataset, string seriesUid, byte[] file, byte[] sheet)
    {
        var study = Path.Combine(data.Out, source.Study.StudyInstanceUid);
        var folder = Path.Combine(study, seriesUid);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) + ".dcm"), file);
        File.WriteAllBytes(Path.Combine(study, "sheet.png"), sheet);
    }
}
