namespace Gateway.Persistence.Tests;

/// <summary>Rows as a listener would write them.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>A study with one series, both new.</summary>
    public static Study Study(string uid, DateTimeOffset? at = null, SeriesState state = SeriesState.Receiving)
    {
        var study = new Study { Id = NewId(), StudyInstanceUid = uid, FirstReceivedAt = at ?? Noon, LastReceivedAt = at ?? Noon };
        study.Series.Add(
            new Series
            {
                Id = NewId(),
                StudyId = study.Id,
                SeriesInstanceUid = uid + ".0",
                Origin = SeriesOrigin.Received,
                State = state,
                CreatedAt = Noon,
            });
        return study;
    }

    public static ArchiveSample Sample(
        Guid series, string content, string subject, string anyIssuer = "any", string key = "key", string modality = "t2",
        ArchiveSplit split = ArchiveSplit.Train,
        string caller = "SCANNER", ScannerVendor vendor = ScannerVendor.Other) => new()
        {
            Id = series, Revision = 1, Modality = modality, GreyLow = 0, GreyHigh = 1, RowSpacing = 1, ColumnSpacing = 1, SliceDistance = 5,
            Slices = 5, Centre = 2,
            Registration = RegistrationKind.Linear, Subject = subject, SubjectOfAnyIssuer = anyIssuer, KeyId = key, Split = split,
            CallingAe = caller,
            Vendor = vendor, EnteredOn = Noon, Sha256 = content,
        };

    public static ArchiveSample Sample(
        Guid series, string content, string subject, string caller, Dictionary<string, double> measures) => new()
        {
            Id = series, Revision = 1, Modality = "t2", GreyLow = 0, GreyHigh = 1, RowSpacing = 1, ColumnSpacing = 1, SliceDistance = 5,
            Slices = 5, Centre = 2,
            Registration = RegistrationKind.Linear, Measures = measures, Subject = subject, SubjectOfAnyIssuer = subject, KeyId = "key",
            Split = ArchiveSplit.Train,
            CallingAe = caller, Vendor = ScannerVendor.Other, EnteredOn = Noon, Sha256 = content,
        };

    public static Instance Instance(Guid series, string uid, string content) => new()
    {
        Id = NewId(),
        SeriesId = series,
        SopInstanceUid = uid,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        Sha256 = content,
        Bytes = 1,
        ReceivedAt = Noon,
    };
}
