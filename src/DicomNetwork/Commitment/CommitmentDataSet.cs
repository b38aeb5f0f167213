namespace Gateway.DicomNetwork;

/// <summary>Storage commitment's data sets to records and back (PS3.4 Tables J.3-1 to J.3-3).</summary>
internal static class CommitmentDataSet
{
    /// <summary>Room for <see cref="CommitmentRequest.MaxInstances"/> references with the longest UIDs.</summary>
    public const int MaxLength = CommitmentRequest.MaxInstances * 200;

    /// <exception cref="DicomException">Not a data set, or not one of storage commitment.</exception>
    public static CommitmentRequest ReadRequest(ReadOnlyMemory<byte> bytes, string transferSyntax)
    {
        var dataset = DimseDataSet.Read(bytes, transferSyntax);
        var instances = References(dataset, DicomTag.ReferencedSOPSequence);
        if (instances.Count is 0 or > CommitmentRequest.MaxInstances)
            throw new DicomDataException($"A storage commitment request names 1 to {CommitmentRequest.MaxInstances} instances.");
        return new(UidOf(dataset, DicomTag.TransactionUID), instances);
    }

    /// <inheritdoc cref="ReadRequest"/>
    public static CommitmentResult ReadResult(ReadOnlyMemory<byte> bytes, string transferSyntax)
    {
        var dataset = DimseDataSet.Read(bytes, transferSyntax);
        return new(UidOf(dataset, DicomTag.TransactionUID), References(dataset, DicomTag.ReferencedSOPSequence), Failures(dataset));
    }

    public static Stream Write(CommitmentRequest request, string transferSyntax)
    {
        var dataset = New(request.TransactionUid);
        dataset.AddOrUpdate(Sequence(DicomTag.ReferencedSOPSequence, request.Instances.Select(Item)));
        return DimseDataSet.Write(dataset, transferSyntax);
    }

    public static Stream Write(CommitmentResult result, string transferSyntax)
    {
        var dataset = New(result.TransactionUid);
        if (result.Kept.Count > 0)
            dataset.AddOrUpdate(Sequence(DicomTag.ReferencedSOPSequence, result.Kept.Select(Item)));
        if (result.Failed.Count > 0)
            dataset.AddOrUpdate(
                Sequence(
                    DicomTag.FailedSOPSequence, result.Failed.Select(
                        failed => Item(failed.Instance).AddOrUpdate(DicomTag.FailureReason, failed.Reason))));
        return DimseDataSet.Write(dataset, transferSyntax);
    }

    private static DicomDataset New(Uid transaction) =>
        new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated().AddOrUpdate(DicomTag.TransactionUID, transaction.Value);

    private static DicomSequence Sequence(DicomTag tag, IEnumerable<DicomDataset> items) => new(tag, [.. items]);

    /// <summary>UIDs as they came, valid or not.</summary>
    private static DicomDataset Item(SopReference reference) => new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian).NotValidated()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, reference.SopClassUid.Value)
        .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, reference.SopInstanceUid.Value);

    private static List<SopReference> References(DicomDataset dataset, DicomTag tag) => [.. Items(dataset, tag).Select(Reference)];

    private static List<FailedReference> Failures(DicomDataset dataset) =>
    [
        .. Items(dataset, DicomTag.FailedSOPSequence).Select(item => new FailedReference(
            Reference(item), item.GetSingleValueOrDefault(DicomTag.FailureReason, CommitmentFailure.ProcessingFailure))),
    ];

    private static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetSequence(tag, out var sequence) ? sequence.Items : [];

    private static SopReference Reference(DicomDataset item) =>
        new(UidOf(item, DicomTag.ReferencedSOPClassUID), UidOf(item, DicomTag.ReferencedSOPInstanceUID));

    private static Uid UidOf(DicomDataset dataset, DicomTag tag) =>
        Uid.TryParse(dataset.GetSingleValueOrDefault(tag, ""), out var uid)
            ? uid : throw new DicomDataException($"{tag} is missing or no UID.");
}
