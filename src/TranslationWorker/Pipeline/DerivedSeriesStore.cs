using Gateway.Imaging.Files;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Makes a translation durable: first objects, then rows in the caller's transaction. Also writes a copy
/// under <c>out/</c> that people
/// can open.</summary>
public sealed class DerivedSeriesStore(IObjectStore objects, DataDirectory data, TimeProvider time)
{
    /// <summary>Adds the derived series to <paramref name="db"/>, told apart from those that were made of the source before. If it exists
    /// already (same input, same model), or the same pictures do, nothing is written; unless archives were told to put that
    /// aside.</summary>
    /// <returns>Id of the derived series.</returns>
    public async Task<Guid> AddAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        var made = db.Series.Where(s => s.Origin == SeriesOrigin.Derived && s.DerivedFromSeriesId == source.Id);
        var notes = db.Series.Where(s => s.Origin == SeriesOrigin.Rejection);
        var earlier = await made.AsNoTracking().Include(s => s.Instances).Where(s => !notes.Any(note => note.DerivedFromSeriesId == s.Id))
            .Where(s => !s.Verdicts.Any(said => said.Kind == VerdictKind.Rejected && said.NoteUid != null))    // an archive said it itself
            .OrderByDescending(s => s.CreatedAt).ToListAsync(cancel);
        var dataset = result.Derived[0].Dataset;
        var unmarked = dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        if ((earlier.Find(s => s.SeriesInstanceUid == unmarked) ?? earlier.Find(s => SameResult.Is(s, result, objects))) is { } known)
            return known.Id;
        Rendition.Mark(result.Derived, 1 + await made.CountAsync(cancel));
        var seriesUid = dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID);

        var folder = Directory.CreateDirectory(Path.Combine(data.Out, source.Study.StudyInstanceUid, seriesUid)).FullName;
        var series = NewSeries(source, result, dataset, seriesUid);
        var patient = source.Instances.Find(i => !i.Conflict && i.SopInstanceUid == result.ChosenSopInstanceUid)?.StudyPatientId;
        foreach (var file in result.Derived)
            series.Instances.Add(await StoreAsync(file, series.Id, patient, folder, cancel));
        // Beside the folder, which people send on as it is.
        await File.WriteAllBytesAsync(folder + ".sheet.png", result.Sheet, cancel);
        if (result.Montage is { } montage)
            await File.WriteAllBytesAsync(folder + ".montage.png", montage, cancel);

        db.Series.Add(series);
        if (result.IsReported)
            db.Series.Add(await ReportAsync(series, result, db, folder, cancel));
        await AddPicturesAsync(series.Id, result, db, cancel);
        CrashPoints.Pass(CrashPoint.BetweenObjectAndRow);
        return series.Id;
    }

    /// <summary>The report on a series, as a series of its own; its file lies beside the images.</summary>
    private async Task<Series> ReportAsync(
        Series made, TranslatedSeries result, GatewayDbContext db, string folder, CancellationToken cancel)
    {
        var taken = await db.Series.Where(s => s.StudyId == made.StudyId).Select(s => s.SeriesNumber).ToListAsync(cancel);
        var file = ResultReport.Write(result, SeriesNumbers.OfReport(made.SeriesNumber ?? 0, taken.OfType<int>().ToHashSet()));
        var report = new Series
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            StudyId = made.StudyId,
            SeriesInstanceUid = file.Dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID),
            Origin = SeriesOrigin.Report,
            State = SeriesLife.First(SeriesOrigin.Report),
            Revision = made.Revision,
            Modality = file.Dataset.GetSingleValue<string>(DicomTag.Modality),
            SeriesNumber = Number(file.Dataset, DicomTag.SeriesNumber),
            SeriesDescription = PlainText.Of(file.Dataset.GetSingleValue<string>(DicomTag.SeriesDescription)),
            DerivedFromSeriesId = made.Id,
            CreatedAt = made.CreatedAt.AddMilliseconds(1),    // sent after it
        };
        report.Instances.Add(await StoreAsync(file, report.Id, made.Instances[0].StudyPatientId, folder, cancel));
        return report;
    }

    /// <summary>Whether these are the pictures that a reader rejected, and nobody accepted since.</summary>
    public async Task<bool> IsRejectedAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        var judged = await db.Series.AsNoTracking().AsSplitQuery().Include(s => s.Instances).Include(s => s.Verdicts)
            .Where(s => s.DerivedFromSeriesId == source.Id && s.Verdicts.Any(verdict => verdict.Kind == VerdictKind.Rejected))
            .ToListAsync(cancel);
        return judged.Exists(
            s => ReaderVerdict.Counting(s.Verdicts)?.Kind == VerdictKind.Rejected && SameResult.Is(s, result, objects));
    }

    public async Task AddPicturesAsync(Guid seriesId, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        await AddPictureAsync(PictureKind.Sheet, result.Sheet);
        if (result.Montage is { } montage)
            await AddPictureAsync(PictureKind.Montage, montage);
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
        State = SeriesLife.First(SeriesOrigin.Derived),
        Revision = source.Revision,
        Direction = result.Direction.Name,
        Modality = dataset.GetSingleValue<string>(DicomTag.Modality),
        SeriesNumber = Number(dataset, DicomTag.SeriesNumber),
        SeriesDescription = PlainText.Of(dataset.GetSingleValueOrDefault(DicomTag.SeriesDescription, "")),
        BodyPartExamined = dataset.GetSingleValueOrDefault<string?>(DicomTag.BodyPartExamined, null),
        ChosenSopInstanceUid = result.ChosenSopInstanceUid,
        DerivedFromSeriesId = source.Id,
        ModelDigest = result.Model.Digest,
        ModelName = $"{result.Model.Title} {result.Model.Version}",
        ModelDeviceUid = result.Model.DeviceUid,
        Measures = Measures(result),
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>The figures shown beside the pictures.</summary>
    public static Dictionary<string, double> Measures(TranslatedSeries result)
    {
        var measures = result.Seconds.ToDictionary(s => MeasureName.SecondsOf(s.Key), s => s.Value);
        measures[MeasureName.ChosenSlice] = result.ChosenSlice;
        measures[MeasureName.NccBefore] = Math.Round(result.NccBefore, 4);
        measures[MeasureName.NccAfter] = Math.Round(result.NccAfter, 4);
        measures[MeasureName.GateScore] = Math.Round(result.GateScore, 2);
        return measures;
    }

    private async Task<Instance> StoreAsync(DicomFile file, Guid seriesId, Guid? patient, string folder, CancellationToken cancel)
    {
        using var stream = new MemoryStream();
        await file.SaveAsync(stream);
        var bytes = stream.ToArray();
        var instance = NewInstance(seriesId, patient, file.Dataset, await objects.PutAsync(bytes, cancel), bytes.Length);
        await File.WriteAllBytesAsync(Path.Combine(folder, instance.SopInstanceUid + ".dcm"), bytes, cancel);
        return instance;
    }

    private Instance NewInstance(Guid seriesId, Guid? patient, DicomDataset dataset, string sha256, long bytes) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        SeriesId = seriesId,
        StudyPatientId = patient,
        SopInstanceUid = dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID),
        SopClassUid = dataset.GetSingleValue<string>(DicomTag.SOPClassUID),
        TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
        InstanceNumber = Number(dataset, DicomTag.InstanceNumber),
        Sha256 = sha256,
        Bytes = bytes,
        ReceivedAt = time.GetUtcNow(),
    };

    private static int? Number(DicomDataset dataset, DicomTag tag) => dataset.TryGetSingleValue<int>(tag, out var number) ? number : null;
}
