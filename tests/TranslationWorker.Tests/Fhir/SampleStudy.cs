using Gateway.Persistence;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A T2 study of two slices with its synthetic CT, as the database would hold it.</summary>
internal static class SampleStudy
{
    public const string StudyUid = "1.2.826.0.1.3680043.8.498.1";
    public const string SourceUid = "1.2.826.0.1.3680043.8.498.1.1";
    public const string DerivedUid = "2.25.329800735698586629295641978511506172918";
    public const string DeviceUid = "2.25.100";
    public static readonly DateTimeOffset Received = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public static Study Create(bool withDerived = true)
    {
        var study = new Study
        {
            Id = Id(1),
            StudyInstanceUid = StudyUid,
            State = StudyState.Received,
            Revision = 1,
            FirstReceivedAt = Received,
            PatientId = "4711",
            IssuerOfPatientId = "WARD7",
            AccessionNumber = "A-1",
            StudyDate = "20261101",
            StudyTime = "101530.25",
            StudyDescription = "Brain routine",
        };
        study.Series.Add(Add(new Series
        {
            Id = Id(2),
            StudyId = study.Id,
            SeriesInstanceUid = SourceUid,
            Origin = SeriesOrigin.Received,
            State = SeriesState.Translated,
            Direction = "t2-ct",
            Modality = "MR",
            SeriesNumber = 4,
            SeriesDescription = "t2_tse_tra",
            BodyPartExamined = "BRAIN",
        }, "1.2.840.10008.5.1.4.1.1.4", SourceUid));
        if (withDerived)
            study.Series.Add(Derived(study.Id));
        return study;
    }

    public static Series Derived(Guid studyId, SeriesState state = SeriesState.Translated) => Add(new Series
    {
        Id = Id(3),
        StudyId = studyId,
        SeriesInstanceUid = DerivedUid,
        Origin = SeriesOrigin.Derived,
        State = state,
        Direction = "t2-ct",
        Modality = "CT",
        SeriesNumber = 1004,
        SeriesDescription = "SYNTHETIC CT (AI) from t2_tse_tra - not for diagnosis",
        BodyPartExamined = "BRAIN",
        DerivedFromSeriesId = Id(2),
        ModelDigest = new string('a', 64),
        ModelName = "cyclegan-brain 1.2",
        ModelDeviceUid = DeviceUid,
        CreatedAt = Received.AddMinutes(1),
    }, "1.2.840.10008.5.1.4.1.1.2", DerivedUid);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static Series Add(Series series, string sopClass, string root)
    {
        for (var number = 2; number >= 1; number--)
            series.Instances.Add(Image(series.Id, sopClass, $"{root[..Math.Min(root.Length, 50)]}.{number}", number));
        return series;
    }

    public static Instance Image(
        Guid seriesId, string sopClass, string uid, int number, bool conflict = false, Guid? patient = null) => new()
        {
            Id = NameBasedUuid.Create(NameBasedUuid.Gateway, uid + number + conflict),
            SeriesId = seriesId,
            SopInstanceUid = uid,
            SopClassUid = sopClass,
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            InstanceNumber = number,
            Sha256 = new string(conflict ? '1' : '0', 64),
            Bytes = 1,
            ReceivedAt = Received,
            Conflict = conflict,
            StudyPatientId = patient,
        };
}
